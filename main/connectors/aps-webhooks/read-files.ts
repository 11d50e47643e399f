import type { JobUpdate, Outcome } from '../../engine/connector/index.ts';
import { type Fields, fields, fileKey, joined, nameless, parseTime, size, text, words } from '../aps/index.ts';
import type { Callback, EventDescription, EventGroup } from './event-group.ts';
import { folderPath, foldersOf, parentFolder } from './read-folders.ts';

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
  const name = own ?? (urn && nameOf(fileKey(urn))) ?? nameless('File', urn);
  const change = describeChange.get(event)?.(payload, lineage) ?? { what: `${versionOf(payload)}changed` };
  const time = timeOf(event, payload, lineage);
  return {
    title: `${name}: ${change.what}`,
    place: folderPath(callback),
    summary: joined(folderPath(callback), size(payload.sizeInBytes), change.who && `by ${change.who}`),
    outcome: change.outcome ?? 'info',
    resource: text(payload, 'source', 'lineageUrn'),
    names: [name, words(parentFolder(payload), 'name'), change.who],
    resourceNames: [
      [urn && fileKey(urn), own],
      [text(payload, 'contentURL'), own],
      [text(parentFolder(payload), 'urn'), words(parentFolder(payload), 'name')],
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
  const updates: JobUpdate[] = processed ? [{ ...common, kind: 'processing', subject: version, ...processed }] : [];
  if (event !== 'dm.version.added') return updates;
  const lineage = fileKey(text(payload, 'lineageUrn') ?? version);
  const stage = `${versionOf(payload)}published`;
  return [{ ...common, kind: 'publishing', subject: lineage, state: 'success', stage, endsOnly: true }, ...updates];
}

/** Adds the "b." of ACC and BIM 360 in the Data Management API, which payloads omit. */
function projectId(project: string): string {
  return /^[0-9a-f-]{36}$/i.test(project) ? `b.${project}` : project;
}

/** For design files, the state of the extraction for the viewer counts, too. */
function processingUpdate(
  event: string,
  payload: Fields,
  scope: Fields = {},
): Pick<JobUpdate, 'state' | 'stage' | 'endedBy'> | undefined {
  const metadata = fields(payload['custom-metadata']);
  const state = text(metadata, 'storm:process-state') ?? '';
  const change = processing(versionOf(payload), state);
  if (!change || !/^dm\.version\.(added|modified)$/.test(event)) return undefined;
  if (change.outcome === 'failed') return { state: 'failed', stage: change.what };
  const extraction = words(metadata, 'storm:svf2-extraction-state') ?? 'PROCESSING_COMPLETE';
  if (/FAIL|ERROR/.test(extraction)) return { state: 'failed', stage: 'the view could not be made' };
  const endedBy = { system: 'data', event: 'dm.version.modified', within: foldersOf(payload, scope) } as const;
  if (change.outcome !== 'success') {
    return { state: state === 'NEEDS_PROCESSING' ? 'queued' : 'running', stage: change.what, endedBy };
  }
  if (extraction !== 'PROCESSING_COMPLETE') return { state: 'running', stage: 'the view is being made', endedBy };
  return { state: 'success', stage: change.what };
}

interface FileChange {
  readonly what: string;
  readonly who?: string | undefined;
  readonly outcome?: Outcome;
}

type DescribeChange = (payload: Fields, lineage: Fields) => FileChange;

const describeChange: ReadonlyMap<string, DescribeChange> = new Map(
  Object.entries<DescribeChange>({
    'dm.version.added': (payload, lineage) => ({ what: `${versionOf(payload)}added`, who: editorOf(lineage) }),
    'dm.version.modified': modified,
    'dm.version.deleted': () => ({ what: 'deleted' }),
    'dm.version.moved': (payload) => ({ what: intoFolder('moved', payload) }),
    'dm.version.moved.out': () => ({ what: 'moved away' }),
    'dm.version.copied': (payload) => ({ what: intoFolder('copied', payload) }),
    'dm.version.copied.out': () => ({ what: 'copied elsewhere' }),
    'dm.lineage.reserved': (_, lineage) => locked('locked', words(lineage, 'reservedUserName')),
    'dm.lineage.unreserved': (_, lineage) => locked('unlocked', words(lineage, 'unreservedUserName')),
    'dm.lineage.updated': (_, lineage) => ({ what: 'details changed', who: editorOf(lineage) }),
  }),
);

function modified(payload: Fields, lineage: Fields): FileChange {
  const version = versionOf(payload);
  // Deleting a file in the web application only hides it.
  if (payload.hidden === true) return { what: `${version}hidden or deleted`, who: editorOf(lineage) };
  const update = processingUpdate('dm.version.modified', payload);
  if (update) {
    const { state, stage } = update;
    return { what: stage, outcome: state === 'success' || state === 'failed' ? state : 'info' };
  }
  return { what: `${version}changed`, who: editorOf(lineage) };
}

function processing(version: string, state: string): FileChange | undefined {
  if (/FAIL|ERROR/.test(state)) return { what: `${version}could not be processed`, outcome: 'failed' };
  if (state === 'PROCESSING_COMPLETE') return { what: `${version}processed`, outcome: 'success' };
  if (state === 'NEEDS_PROCESSING') return { what: `${version}waits for processing` };
  if (state === 'PROCESSING' || state === 'EXTRACTION_PENDING') return { what: `${version}is being processed` };
  return undefined;
}

function locked(what: string, who: string | undefined): FileChange {
  return { what: who ? `${what} by ${who}` : what };
}

function intoFolder(what: string, payload: Fields): string {
  const folder = words(parentFolder(payload), 'name');
  return folder ? `${what} to ${folder}` : what;
}

/** "version 3 ", or empty where the payload has no version. */
function versionOf(payload: Fields): string {
  const version = words(payload, 'version') ?? /[?&]version=(\d+)/.exec(text(payload, 'source') ?? '')?.[1];
  return version === undefined ? '' : `version ${version} `;
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
