import { type Fields, fields, isTechnical, joined, list, named, parseTime, text, words } from '../aps/index.ts';
import type { Callback, EventDescription, EventGroup } from './event-group.ts';
import { callbackTitles, called } from './event-texts.ts';

/** dm.folder.* */
export const folders: EventGroup = {
  system: 'data',
  events: /^dm\.folder\./,
  recognise(payload) {
    const has = (name: string) => payload[name] !== undefined;
    if (!has('folderAggregatePath') && (!has('branchName') || has('ext'))) return undefined;
    if (has('branchName')) return ['dm.folder.deleted', 'dm.folder.purged'];
    const isNew = has('creator') || has('createdTime');
    if (has('target')) {
      return isNew ? ['dm.folder.copied', 'dm.folder.copied.out'] : ['dm.folder.moved', 'dm.folder.moved.out'];
    }
    return isNew ? ['dm.folder.added'] : ['dm.folder.modified'];
  },
  describe(callback) {
    const { event, resource, payload, nameOf } = callback;
    const urn = text(payload, 'source') ?? resource;
    const own = realName(words(payload, 'name'));
    const name = named(own ?? (urn ? nameOf(urn) : undefined), urn);
    const change = payload.hidden === true && event === 'dm.folder.modified' ? 'hidden' : event;
    return {
      title: callbackTitles.folder({ ...name, change }),
      summary: folderPath(callback),
      place: folderPath(callback),
      outcome: 'info',
      resource: urn,
      names: [name.name || undefined],
      resourceNames: [[urn, own]],
      time: parseTime(payload.modifiedTime),
      // Other events of a folder keep its time, so that moving it there and back would look like a repeated delivery.
      dated: /^dm\.folder\.(added|modified)$/.test(event),
    };
  },
};

/** dm.operation.*: long-running operations on a folder tree. */
export const operations: EventGroup = {
  system: 'data',
  events: /^dm\.operation\./,
  recognise(payload) {
    if (payload.operationName === undefined || (payload.progress === undefined && payload.eventContext === undefined)) {
      return undefined;
    }
    return [isOver(payload) ? 'dm.operation.completed' : 'dm.operation.started'];
  },
  describe({ event, resource, payload, nameOf }: Callback): EventDescription {
    const context = fields(payload.eventContext);
    const urn = text(payload, 'sourceResource') ?? resource;
    const inPath = text(context, 'sourceAggregatePath')?.split('/').filter(Boolean).at(-1);
    const name = named(realName(words({ inPath }, 'inPath')) ?? (urn ? nameOf(urn) : undefined), urn);
    const failed = list(payload.errors).length > 0;
    const over = event === 'dm.operation.completed' || (event === '' && isOver(payload));
    const state = failed ? 'failed' : over ? 'finished' : 'started';
    return {
      title: callbackTitles.operation({ ...name, state, operation: operationWords(payload) }),
      summary: joined(pathOf(list(context.ancestors), 'title'), words(payload, 'message'), progress(payload)),
      outcome: failed ? 'failed' : over ? 'success' : 'info',
      resource: urn,
      names: [called('Folder', name)],
      time: parseTime(payload.startTime),
      dated: true,
    };
  },
};

function isOver(payload: Fields): boolean {
  return payload.state === 'ENDED' || payload.progress === 100;
}

function progress({ progress }: Fields): string | undefined {
  return typeof progress === 'number' && progress > 0 && progress < 100 ? `${progress} %` : undefined;
}

/** "DeleteFolderHandler" → "Delete folder"; empty where the payload does not name the operation. */
function operationWords(payload: Fields): string {
  const name = words(payload, 'operationName')?.replace(/Handler$/, '');
  const spaced = name?.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced ? spaced.charAt(0).toUpperCase() + spaced.slice(1) : '';
}

/** The name; undefined for a technical folder of the service. */
function realName(name: string | undefined): string | undefined {
  return name === undefined || isTechnical(name) ? undefined : name;
}

/** The folder that contains the file or folder; empty where it is a technical one. */
export function parentFolder(payload: Fields): Fields {
  const parent = fields(list(payload.ancestors).at(-1));
  return realName(words(parent, 'name')) === undefined ? {} : parent;
}

/** The names of the folder that contains the file, and of the folder that the hook watches, which may lie higher. */
export function folderNames(payload: Fields, scope: Fields): (readonly [string | undefined, string | undefined])[] {
  const watched = text(scope, 'folder');
  const above = list(payload.ancestors).map(fields);
  const named = [parentFolder(payload), ...above.filter((folder) => text(folder, 'urn') === watched)];
  return named.map((folder) => [text(folder, 'urn'), realName(words(folder, 'name'))]);
}

/** Such as "Tower / Project Files / Structural"; only browsing gives the project's name and an omitted path. */
export function folderPath({ payload, nameOf, pathOf: knownPath }: Callback): string | undefined {
  const id = text(payload, 'project', 'projectId');
  const project = id && nameOf(id);
  const whole = text(payload, 'folderAggregatePath')?.split('/').filter(Boolean).slice(0, -1) ?? [];
  const inPath = whole.map((name) => ({ name }));
  const path = pathOf(list(payload.ancestors), 'name') ?? pathOf(inPath, 'name');
  const folder = text(payload, 'parentFolderUrn');
  const known = path === undefined && folder !== undefined ? knownPath(folder) : undefined;
  return known ?? ([project, path].filter(Boolean).join(' / ') || undefined);
}

function pathOf(ancestors: readonly unknown[], member: string): string | undefined {
  const names = ancestors.map((ancestor) => realName(words(fields(ancestor), member)));
  return names.filter(Boolean).join(' / ') || undefined;
}

/** The folders whose hooks report this file: its own, those above it, and that of the hook which sent this callback. */
export function foldersOf(payload: Fields, scope: Fields): string[] {
  const above = list(payload.ancestors).map((ancestor) => text(fields(ancestor), 'urn'));
  const known = [text(payload, 'parentFolderUrn', 'parentFolder'), ...above, text(scope, 'folder')];
  return [...new Set(known.filter((folder) => folder !== undefined))];
}
