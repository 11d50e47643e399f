import { randomBytes, randomUUID } from 'node:crypto';
import type { TranslationOrder, Translations } from './derivative/index.ts';
import type { Alteration, Callbacks, CloudEvent, Region, SentCallback } from './webhooks/index.ts';

/** The one project the stand-in has, and what a hook's scope may name. */
export interface Project {
  readonly hubId: string;
  readonly projectId: string;
  /** Of the whole project; hooks hear of everything below their folder. */
  readonly rootFolder: string;
  /** The folder above it, kept by the service for itself, which the Data Management API calls the project's root. */
  readonly projectRoot: string;
  readonly folder: string;
  /** The workflow of translations that name none. */
  readonly workflow: string;
}

export interface FileStory {
  /** "Tower.rvt" when absent. */
  readonly name?: string | undefined;
  readonly region?: Region | undefined;
  readonly alter?: Alteration | undefined;
}

export interface ProcessingStory extends FileStory {
  /** The steps it goes through, as the metadata name them; all of them when absent. */
  readonly steps?: readonly ProcessingStep[] | undefined;
}
/** `storm:process-state`, and `storm:svf2-extraction-state` where there is one. */
export type ProcessingStep = readonly [process: string, extraction?: string];

export interface TranslationStory {
  /** "pump.ipt" when absent. */
  readonly name?: string | undefined;
  readonly outcome?: TranslationOrder['outcome'] | undefined;
  readonly workflow?: string | undefined;
  readonly region?: Region | undefined;
  readonly alter?: Alteration | undefined;
}

/** Things that happen in the cloud. Each resolves once its callbacks were tried for the first time. */
export interface Stories {
  readonly project: Project;
  /** What is in its folder by now, by name. */
  readonly files: ReadonlyMap<string, CloudFile>;
  /** A new version of a file arrives in the project: `dm.version.added`. */
  upload(story?: FileStory): Promise<readonly SentCallback[]>;
  /** The cloud processes the latest version of a file: `dm.version.modified` for each step; resolves with the callbacks of all. */
  process(story?: ProcessingStory): Promise<readonly SentCallback[]>;
  /** A Revit cloud model is synchronised: `model.sync`, start and end. */
  synchronise(story?: FileStory): Promise<readonly SentCallback[]>;
  /** A Revit cloud model is published: `model.publish`, pending and then in progress, of the file's lineage. */
  publish(story?: FileStory): Promise<readonly SentCallback[]>;
  /** A file is translated: `extraction.updated`, then `extraction.finished`; resolves with the callbacks of the end. */
  translate(story?: TranslationStory): Promise<readonly SentCallback[]>;
  /** Anything at all. */
  emit(event: CloudEvent, alter?: Alteration): Promise<readonly SentCallback[]>;
}

interface CloudFile {
  /** The 22 characters that its lineage and its versions share. */
  readonly id: string;
  versions: number;
  /** When those that came while it ran came to be. */
  readonly times: Map<number, number>;
}

export function createStories(callbacks: Callbacks, translations: Translations, now: () => number): Stories {
  const project: Project = {
    hubId: `b.${randomUUID()}`,
    projectId: `b.${randomUUID()}`,
    rootFolder: folderUrn(),
    projectRoot: folderUrn(),
    folder: folderUrn(),
    workflow: `sandbox-${randomBytes(8).toString('hex')}`,
  };
  const scope = { folder: [project.folder, project.rootFolder, project.projectRoot] };
  const files = new Map([['Frame.rvt', { id: randomBytes(16).toString('base64url'), versions: 3, times: new Map() }]]);

  function fileNamed(name: string): CloudFile {
    const file = files.get(name) ?? { id: randomBytes(16).toString('base64url'), versions: 0, times: new Map() };
    files.set(name, file);
    return file;
  }

  /** One callback for each state of a cloud model. */
  async function model(kind: string, states: readonly string[], { name = '', region, alter }: FileStory) {
    const file = fileNamed(name);
    const common = publishPayload(project, file);
    const sent: SentCallback[] = [];
    for (const state of states) {
      const payload = { state, ...common };
      const event = { system: 'adsk.c4r', event: kind, resourceUrn: lineageUrn(file), payload, region, scope };
      sent.push(...(await callbacks.fire(event, alter)));
    }
    return sent;
  }

  return {
    project,
    files,
    upload({ name = 'Tower.rvt', region, alter } = {}) {
      const file = fileNamed(name);
      file.versions += 1;
      file.times.set(file.versions, now());
      const resourceUrn = versionUrn(file);
      const payload = versionPayload(project, name, file, now());
      return callbacks.fire({ system: 'data', event: 'dm.version.added', resourceUrn, payload, region, scope }, alter);
    },
    async process({ name = 'Tower.rvt', region, alter, steps = processing } = {}) {
      const file = fileNamed(name);
      const sent: SentCallback[] = [];
      for (const [process, extraction] of steps) {
        const payload = modifiedPayload(versionPayload(project, name, file, now()), process, extraction);
        const event = {
          system: 'data',
          event: 'dm.version.modified',
          resourceUrn: versionUrn(file),
          payload,
          region,
          scope,
        };
        sent.push(...(await callbacks.fire(event, alter)));
      }
      return sent;
    },
    synchronise: ({ name = 'Tower.rvt', region, alter } = {}) =>
      model('model.sync', ['SYNC_START', 'SYNC_COMPLETE'], { name, region, alter }),
    publish: ({ name = 'Tower.rvt', region, alter } = {}) =>
      model('model.publish', ['PUBLISHING_PENDING', 'PUBLISHING_IN_PROGRESS'], { name, region, alter }),
    translate({ name = 'pump.ipt', outcome = 'success', workflow = project.workflow, region = 'US', alter } = {}) {
      const urn = Buffer.from(`urn:adsk.objects:os.object:sandbox-bucket/${name}`).toString('base64url');
      return translations.start({ urn, region, formats: [{ type: 'svf2' }], workflow, outcome }, alter);
    },
    emit: (event, alter) => callbacks.fire(event, alter),
  };
}

const user = { id: 'A1B2C3D4E5F6', name: 'Sam Example' };

function versionPayload(project: Project, name: string, file: CloudFile, now: number): Record<string, unknown> {
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, '+0000');
  const hub = project.hubId.slice(2);
  const plainProject = project.projectId.slice(2);
  return {
    ext: name.slice(name.lastIndexOf('.') + 1),
    modifiedTime: time,
    creator: user.id,
    lineageUrn: lineageUrn(file),
    sizeInBytes: 18_350_080 + file.versions,
    hidden: false,
    indexable: true,
    source: versionUrn(file),
    version: String(file.versions),
    user_info: { id: user.id },
    name,
    context: { lineage: lineageState(time), operation: 'PostVersionedFiles' },
    createdTime: time,
    modifiedBy: user.id,
    state: 'CONTENT_AVAILABLE',
    parentFolderUrn: project.folder,
    ancestors: [
      { name: `${hub}-account-root-folder`, urn: 'urn:adsk.wipprod:fs.folder:co.SandboxAccountRoot0001' },
      { name: `${plainProject}-root-folder`, urn: project.projectRoot },
      { name: 'Project Files', urn: project.rootFolder },
      { name: 'Structural', urn: project.folder },
    ],
    project: plainProject,
    tenant: hub,
    'custom-metadata': {
      'storm:process-state': 'NEEDS_PROCESSING',
      'storm:entity-type': 'SEED_FILE',
      dm_sys_id: randomUUID(),
      file_name: name,
      lineageTitle: '',
      fileName: name,
    },
  };
}

const processing: readonly ProcessingStep[] = [
  ['NEEDS_PROCESSING'],
  ['PROCESSING'],
  ['EXTRACTION_PENDING', 'NEEDS_PROCESSING'],
  ['PROCESSING_COMPLETE', 'PROCESSING'],
  ['PROCESSING_COMPLETE', 'PROCESSING_COMPLETE'],
];

/** What changes of a version while it is processed is its metadata alone. */
function modifiedPayload(
  { creator: _creator, createdTime: _createdTime, ...payload }: Record<string, unknown>,
  process: string,
  extraction: string | undefined,
): Record<string, unknown> {
  return {
    ...payload,
    modification_flags: '{"newVersion":false,"accessDefOrScopeChange":false,"metadataOnly":true}',
    'custom-metadata': {
      ...(payload['custom-metadata'] as Record<string, unknown>),
      'storm:process-state': process,
      ...(extraction !== undefined && { 'storm:svf2-extraction-state': extraction }),
    },
  };
}

function lineageState(time: string): Record<string, unknown> {
  return {
    reserved: false,
    reservedUserName: null,
    reservedUserId: null,
    reservedTime: null,
    unreservedUserName: null,
    unreservedUserId: null,
    unreservedTime: null,
    createUserId: user.id,
    createTime: time,
    createUserName: user.name,
    lastModifiedUserId: user.id,
    lastModifiedTime: time,
    lastModifiedUserName: user.name,
  };
}

function publishPayload(project: Project, file: CloudFile): Record<string, unknown> {
  return {
    projectId: project.projectId,
    parentFolder: project.folder,
    modelGuid: randomUUID(),
    projectGuid: randomUUID(),
    modelVersion: file.versions + 1,
    episodeGuid: randomUUID(),
  };
}

function versionUrn({ id, versions }: CloudFile): string {
  return `urn:adsk.wipprod:fs.file:vf.${id}?version=${versions}`;
}

function lineageUrn({ id }: CloudFile): string {
  return `urn:adsk.wipprod:dm.lineage:${id}`;
}

function folderUrn(): string {
  return `urn:adsk.wipprod:fs.folder:co.${randomBytes(16).toString('base64url')}`;
}
