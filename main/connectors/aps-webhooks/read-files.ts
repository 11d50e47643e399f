import type { JobUpdate, Outcome } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { type Fields, fields, fileKey, joined, named, parseTime, size, text, words } from '../aps/index.ts';
import type { Callback, EventDescription, EventGroup } from './event-group.ts';
import { callbackTitles, called, eventSummaries, type FileChangeText, jobStages } from './event-texts.ts';
import { folderNames, folderPath, foldersOf, parentFolder } from './read-folders.ts';

/** dm.version.* and dm.lineage.*: one payload shape for versions, moves, copies and locks. */
export const files: EventGroup = {
  system: 'data',
  events: /^dm\.(version|lineage)\./,
  recognise: (payload) => (text(payload, 'lineageUrn') === undefined ? undefined : candidates(payload)),
  describe,
};

function candidates(payload: Fields): readonly string[] {
  const operation = text(fields(payload.context), 'operation') ?? '';
  const has = (name: string) => payload[name] !== undefined;
  if (/^Reserve/.test(operation)) return ['dm.lineage.reserved'];
  if (/^UnReserve/i.test(operation)) return ['dm.lineage.unreserved'];
  if (/^UpdateLineages/.test(operation)) return ['dm.lineage.updated'];
  if (/^Move/.test(operation)) return ['dm.version.moved', 'dm.version.moved.out'];
  if (has('mimeType')) return has('target') ? ['dm.version.copied', 'dm.version.copied.out'] : ['dm.version.deleted'];
  if (has('target')) return ['dm.version.moved', 'dm.version.moved.out'];
  if (has('modification_flags')) return ['dm.version.modified'];
  return has('creator') || has('createdTime') || operation === 'PostVersionedFiles'
    ? ['dm.version.added', 'dm.version.modified']
    : [];
}

function describe(callback: Callback): EventDescription {
  const { event, resource, payload, nameOf } = callback;
  const lineage = fields(fields(payload.context).lineage);
  const urn = text(payload, 'lineageUrn', 'source') ?? resource;
  const own =
    words(payload, 'name') ?? words(fields(payload['custom-metadata']), 'fileName', 'file_name', 'lineageTitle');
  const name = named(own ?? (urn ? nameOf(fileKey(urn)) : undefined), urn);
  const change = describeChange.get(event)?.(payload, lineage) ?? versioned(payload, 'changed');
  const summary = { place: folderPath(callback) ?? '', size: size(payload.sizeInBytes) ?? '' };
  const time = timeOf(event, payload, lineage);
  return {
    title: callbackTitles.file({ ...name, ...textOf(change) }),
    place: folderPath(callback),
    summary: change.editor
      ? eventSummaries.file({ ...summary, who: change.editor })
      : joined(summary.place, summary.size),
    outcome: change.outcome ?? 'info',
    resource: text(payload, 'source', 'lineageUrn'),
    names: [called('File', name), words(parentFolder(payload), 'name'), change.editor],
    resourceNames: [
      [urn && fileKey(urn), own],
      [text(payload, 'contentURL'), own],
      ...folderNames(payload, callback.scope),
    ],
    time,
    // Moved files keep their time, so that moving one there and back would look like a repeated delivery.
    dated: /^dm\.(version\.(added|modified)|lineage\..*)$/.test(event),
    jobs: jobUpdatesOf(callback, own),
  };
}

/** A new version ends the publishing of its model, and is then processed by the cloud before it can be viewed. */
function jobUpdatesOf(callback: Callback, name: string | undefined): JobUpdate[] {
  const { event, payload } = callback;
  const version = text(payload, 'source');
  if (version === undefined || payload.hidden === true) return [];
  const project = text(payload, 'project');
  const common = {
    ...(name === undefined ? {} : { name }),
    ...(project === undefined ? {} : { location: { project: projectId(project), resource: version } }),
  };
  const processed = processingUpdate(event, payload, callback.scope);
  const updates: JobUpdate[] = processed ? [{ ...common, ...toUpdate(version, processed) }] : [];
  if (event !== 'dm.version.added') return updates;
  const lineage = fileKey(text(payload, 'lineageUrn') ?? version);
  const stage = stageOf(versioned(payload, 'published'));
  return [{ ...common, kind: 'publishing', subject: lineage, state: 'success', ...stage, endsOnly: true }, ...updates];
}

function toUpdate(subject: string, { change, ...processed }: Processing): JobUpdate {
  return { kind: 'processing', subject, ...stageOf(change), ...processed };
}

/** Adds the "b." of ACC and BIM 360 in the Data Management API, which payloads omit. */
function projectId(project: string): string {
  return /^[0-9a-f-]{36}$/i.test(project) ? `b.${project}` : project;
}

interface Processing extends Pick<JobUpdate, 'state' | 'endedBy'> {
  readonly change: FileChange;
}

/** For design files, the state of the extraction for the viewer counts, too. */
function processingUpdate(event: string, payload: Fields, scope: Fields = {}): Processing | undefined {
  const metadata = fields(payload['custom-metadata']);
  const processState = text(metadata, 'storm:process-state') ?? '';
  const change = processing(payload, processState);
  if (!change || !/^dm\.version\.(added|modified)$/.test(event)) return undefined;
  if (change.outcome === 'failed') return { state: 'failed', change };
  const extraction = words(metadata, 'storm:svf2-extraction-state') ?? 'PROCESSING_COMPLETE';
  if (/FAIL|ERROR/.test(extraction)) return { state: 'failed', change: { change: 'viewFailed' } };
  const endedBy = { system: 'data', event: 'dm.version.modified', within: foldersOf(payload, scope) } as const;
  if (change.outcome !== 'success') {
    return { state: processState === 'NEEDS_PROCESSING' ? 'queued' : 'running', change, endedBy };
  }
  if (extraction !== 'PROCESSING_COMPLETE') return { state: 'running', change: { change: 'viewing' }, endedBy };
  return { state: 'success', change };
}

interface FileChange {
  /** A key of `fileChanges`. */
  readonly change: string;
  readonly version?: string | undefined;
  readonly folder?: string | undefined;
  /** Who locked or unlocked it. */
  readonly who?: string | undefined;
  /** Who changed it, for the summary. */
  readonly editor?: string | undefined;
  readonly outcome?: Outcome;
}

function textOf({ change, version = '', folder = '', who = '' }: FileChange): FileChangeText {
  return { change, version, folder, who };
}

/** In the words of the job: "version 3 processed". */
function stageOf(change: FileChange): Pick<JobUpdate, 'stage' | 'stageMessage'> {
  return messageMembers('stage', jobStages.file(textOf(change)));
}

type DescribeChange = (payload: Fields, lineage: Fields) => FileChange;

const describeChange: ReadonlyMap<string, DescribeChange> = new Map(
  Object.entries<DescribeChange>({
    'dm.version.added': (payload, lineage) => ({ ...versioned(payload, 'added'), editor: editorOf(lineage) }),
    'dm.version.modified': modified,
    'dm.version.deleted': () => ({ change: 'deleted' }),
    'dm.version.moved': (payload) => ({ change: 'moved', folder: words(parentFolder(payload), 'name') }),
    'dm.version.moved.out': () => ({ change: 'movedAway' }),
    'dm.version.copied': (payload) => ({ change: 'copied', folder: words(parentFolder(payload), 'name') }),
    'dm.version.copied.out': () => ({ change: 'copiedElsewhere' }),
    'dm.lineage.reserved': (_, lineage) => ({ change: 'locked', who: words(lineage, 'reservedUserName') }),
    'dm.lineage.unreserved': (_, lineage) => ({ change: 'unlocked', who: words(lineage, 'unreservedUserName') }),
    'dm.lineage.updated': (_, lineage) => ({ change: 'details', editor: editorOf(lineage) }),
  }),
);

function modified(payload: Fields, lineage: Fields): FileChange {
  // Deleting a file in the web application only hides it.
  if (payload.hidden === true) return { ...versioned(payload, 'hidden'), editor: editorOf(lineage) };
  const update = processingUpdate('dm.version.modified', payload);
  if (update) {
    const { state, change } = update;
    return { ...change, outcome: state === 'success' || state === 'failed' ? state : 'info' };
  }
  return { ...versioned(payload, 'changed'), editor: editorOf(lineage) };
}

function processing(payload: Fields, state: string): FileChange | undefined {
  if (/FAIL|ERROR/.test(state)) return { ...versioned(payload, 'failed'), outcome: 'failed' };
  if (state === 'PROCESSING_COMPLETE') return { ...versioned(payload, 'processed'), outcome: 'success' };
  if (state === 'NEEDS_PROCESSING') return versioned(payload, 'waiting');
  if (state === 'PROCESSING' || state === 'EXTRACTION_PENDING') return versioned(payload, 'processing');
  return undefined;
}

/** The change with the number of the version, where the payload has one. */
function versioned(payload: Fields, change: string): FileChange {
  const version = words(payload, 'version') ?? /[?&]version=(\d+)/.exec(text(payload, 'source') ?? '')?.[1];
  return { change, version };
}

function editorOf(lineage: Fields): string | undefined {
  return words(lineage, 'lastModifiedUserName', 'createUserName');
}

function timeOf(event: string, payload: Fields, lineage: Fields): number | undefined {
  if (event === 'dm.lineage.reserved') return parseTime(lineage.reservedTime);
  if (event === 'dm.lineage.unreserved') return parseTime(lineage.unreservedTime);
  if (event === 'dm.lineage.updated') return parseTime(lineage.lastModifiedTime);
  return parseTime(payload.modifiedTime);
}
