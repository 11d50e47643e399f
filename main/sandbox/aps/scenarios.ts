import type { Random } from '../random.ts';
import type { TranslationOrder, Translations } from './derivative/index.ts';
import type { Alteration, Callbacks, CloudEvent, Region, SentCallback } from './webhooks/index.ts';

/** The project of the scenarios, with the ids for the scopes of hooks. */
interface Project {
  readonly hubId: string;
  readonly projectId: string;
  /** The top folder of the project; hooks on a folder include everything below it. */
  readonly rootFolder: string;
  /** The technical folder above it, which the Data Management API calls the project's root. */
  readonly projectRoot: string;
  readonly folder: string;
  /** The workflow of translations without one of their own. */
  readonly workflow: string;
}

interface FileScenario {
  /** "Tower.rvt" where absent. */
  readonly name?: string | undefined;
  readonly region?: Region | undefined;
  readonly alter?: Alteration | undefined;
}

interface ProcessingScenario extends FileScenario {
  /** The steps of the processing, by their names in the metadata; all where absent. */
  readonly steps?: readonly ProcessingStep[] | undefined;
}
/** `storm:process-state`, and optionally `storm:svf2-extraction-state`. */
type ProcessingStep = readonly [process: string, extraction?: string];

interface TranslationScenario {
  /** "pump.ipt" where absent. */
  readonly name?: string | undefined;
  readonly outcome?: TranslationOrder['outcome'] | undefined;
  readonly workflow?: string | undefined;
  readonly region?: Region | undefined;
  readonly alter?: Alteration | undefined;
}

/** Events in the cloud. Each resolves once the first attempts of its callbacks are over. */
export interface Scenarios {
  readonly project: Project;
  /** The files in its folder so far, by name. */
  readonly files: ReadonlyMap<string, CloudFile>;
  /** Adds a new version of a file to the project: `dm.version.added`. */
  upload(options?: FileScenario): Promise<readonly SentCallback[]>;
  /** Processes the latest version of a file: `dm.version.modified` for each step; resolves with all callbacks. */
  process(options?: ProcessingScenario): Promise<readonly SentCallback[]>;
  /** Synchronizes a Revit cloud model: `model.sync`, start and end. */
  synchronise(options?: FileScenario): Promise<readonly SentCallback[]>;
  /** Publishes a Revit cloud model: `model.publish` with the file's lineage, pending and then in progress. */
  publish(options?: FileScenario): Promise<readonly SentCallback[]>;
  /** Translates a file: `extraction.updated`, then `extraction.finished`; resolves with the callbacks of the end. */
  translate(options?: TranslationScenario): Promise<readonly SentCallback[]>;
  /** Sends any event. */
  emit(event: CloudEvent, alter?: Alteration): Promise<readonly SentCallback[]>;
}

interface CloudFile {
  /** The 22 characters that the lineage and the versions have in common. */
  readonly id: string;
  versions: number;
  /** Creation times of the versions that were added at run time, by number; milliseconds since 1970. */
  readonly times: Map<number, number>;
}

export function createScenarios(
  callbacks: Callbacks,
  translations: Translations,
  now: () => number,
  random: Random,
): Scenarios {
  const project = createProject(random);
  const cloud: Cloud = {
    project,
    callbacks,
    now,
    random,
    scope: { folder: [project.folder, project.rootFolder, project.projectRoot] },
    files: new Map([['Frame.rvt', { id: random.bytes(16).toString('base64url'), versions: 3, times: new Map() }]]),
  };
  return {
    project,
    files: cloud.files,
    upload: (options) => upload(cloud, options),
    process: (options) => process(cloud, options),
    synchronise: (options) => sendModelStates(cloud, 'model.sync', ['SYNC_START', 'SYNC_COMPLETE'], options),
    publish: (options) =>
      sendModelStates(cloud, 'model.publish', ['PUBLISHING_PENDING', 'PUBLISHING_IN_PROGRESS'], options),
    translate({ name = 'pump.ipt', outcome = 'success', workflow = project.workflow, region = 'US', alter } = {}) {
      const urn = Buffer.from(`urn:adsk.objects:os.object:sandbox-bucket/${name}`).toString('base64url');
      return translations.start({ urn, region, formats: [{ type: 'svf2' }], workflow, outcome }, alter);
    },
    emit: (event, alter) => callbacks.fire(event, alter),
  };
}

/** The state of the simulated project. */
interface Cloud {
  readonly project: Project;
  readonly callbacks: Callbacks;
  readonly scope: { readonly folder: string[] };
  readonly files: Map<string, CloudFile>;
  readonly random: Random;
  now(): number;
}

function createProject(random: Random): Project {
  return {
    hubId: `b.${random.uuid()}`,
    projectId: `b.${random.uuid()}`,
    rootFolder: folderUrn(random),
    projectRoot: folderUrn(random),
    folder: folderUrn(random),
    workflow: `sandbox-${random.bytes(8).toString('hex')}`,
  };
}

function fileNamed({ files, random }: Cloud, name: string): CloudFile {
  const file = files.get(name) ?? { id: random.bytes(16).toString('base64url'), versions: 0, times: new Map() };
  files.set(name, file);
  return file;
}

function upload(
  cloud: Cloud,
  { name = 'Tower.rvt', region, alter }: FileScenario = {},
): Promise<readonly SentCallback[]> {
  const { callbacks, scope } = cloud;
  const file = fileNamed(cloud, name);
  file.versions += 1;
  file.times.set(file.versions, cloud.now());
  const resourceUrn = versionUrn(file);
  const payload = versionPayload(cloud, name, file);
  return callbacks.fire({ system: 'data', event: 'dm.version.added', resourceUrn, payload, region, scope }, alter);
}

async function process(
  cloud: Cloud,
  { name = 'Tower.rvt', region, alter, steps = processing }: ProcessingScenario = {},
): Promise<readonly SentCallback[]> {
  const { callbacks, scope } = cloud;
  const file = fileNamed(cloud, name);
  const sent: SentCallback[] = [];
  for (const [state, extraction] of steps) {
    const payload = modifiedPayload(versionPayload(cloud, name, file), state, extraction);
    const resourceUrn = versionUrn(file);
    const event = { system: 'data', event: 'dm.version.modified', resourceUrn, payload, region, scope };
    sent.push(...(await callbacks.fire(event, alter)));
  }
  return sent;
}

/** Sends one callback for each state of a cloud model. */
async function sendModelStates(
  cloud: Cloud,
  event: string,
  states: readonly string[],
  { name = 'Tower.rvt', region, alter }: FileScenario = {},
): Promise<readonly SentCallback[]> {
  const { callbacks, scope } = cloud;
  const file = fileNamed(cloud, name);
  const common = publishPayload(cloud, file);
  const sent: SentCallback[] = [];
  for (const state of states) {
    const payload = { state, ...common };
    sent.push(
      ...(await callbacks.fire(
        { system: 'adsk.c4r', event, resourceUrn: lineageUrn(file), payload, region, scope },
        alter,
      )),
    );
  }
  return sent;
}

const user = { id: 'A1B2C3D4E5F6', name: 'Sam Example' };

function versionPayload({ project, random, now }: Cloud, name: string, file: CloudFile): Record<string, unknown> {
  const time = new Date(now()).toISOString().replace(/\.\d+Z$/, '+0000');
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
      dm_sys_id: random.uuid(),
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

/** While a version is processed, only its metadata changes. */
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

function publishPayload({ project, random }: Cloud, file: CloudFile): Record<string, unknown> {
  return {
    projectId: project.projectId,
    parentFolder: project.folder,
    modelGuid: random.uuid(),
    projectGuid: random.uuid(),
    modelVersion: file.versions + 1,
    episodeGuid: random.uuid(),
  };
}

function versionUrn({ id, versions }: CloudFile): string {
  return `urn:adsk.wipprod:fs.file:vf.${id}?version=${versions}`;
}

function lineageUrn({ id }: CloudFile): string {
  return `urn:adsk.wipprod:dm.lineage:${id}`;
}

function folderUrn(random: Random): string {
  return `urn:adsk.wipprod:fs.folder:co.${random.bytes(16).toString('base64url')}`;
}
