import type { Context, MissedEvents, RecoverySupport, WatchedHook } from '../../engine/connector/index.ts';
import { fits, isPattern } from '../../engine/event-pattern.ts';
import type { Message } from '../../engine/messages/index.ts';
import { fields, text } from '../aps/index.ts';
import { type NewVersion, newVersions } from '../aps-browse/index.ts';
import { passes } from './hook-warnings.ts';
import { webhookMessages } from './messages.ts';

/** Autodesk has no log of callbacks; of the events of its hooks, only new versions of files can be queried. */
export const recovery: RecoverySupport = { missed };

const versionAdded = 'dm.version.added';

async function missed(context: Context, hook: WatchedHook, since: number): Promise<MissedEvents> {
  const { system = 'data', event, scope } = hook;
  const { folder } = scope;
  if (system !== 'data' || folder === undefined || !fits(event, versionAdded))
    return { bodies: [], incompleteReason: gapOf(hook) };
  const project = projectOf(hook, folder);
  if (project === undefined) {
    return { bodies: [], incompleteReason: webhookMessages.projectUnknown() };
  }
  const { found, complete } = await newVersions(context, { project, folder }, since);
  const bodies = found.map((one) => Buffer.from(JSON.stringify(toCallback(one, project, scope))));
  const incompleteReason = complete ? othersOf(event) : webhookMessages.folderTooLarge();
  return {
    bodies: bodies.filter((body) => !hook.filter || passes(hook.filter, body) !== false),
    ...(incompleteReason === undefined ? {} : { incompleteReason }),
  };
}

function othersOf(event: string): Message | undefined {
  return isPattern(event) ? webhookMessages.onlyVersions() : undefined;
}

function gapOf({ system, event }: WatchedHook): Message {
  // Translations that Ringback started are polled as jobs instead.
  if (system === 'derivative') return webhookMessages.noTranslationList();
  if (system === 'adsk.c4r') return webhookMessages.noPublishingList();
  return webhookMessages.cannotAsk({ event });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Limit of nested folders on the path to the project. */
const deepest = 50;

/** The project id of the Data Management API, from an earlier callback or from browsing. */
function projectOf({ latest, parentOf }: WatchedHook, folder: string): string | undefined {
  const reported = latest && projectIn(latest);
  if (reported !== undefined) return reported;
  let at: string | undefined = folder;
  for (let level = 0; at?.startsWith('urn:') && level < deepest; level += 1) at = parentOf(at);
  return at === undefined || at.startsWith('urn:') ? undefined : asProject(at);
}

function projectIn(body: Uint8Array): string | undefined {
  try {
    const { hook, payload } = fields(JSON.parse(Buffer.from(body).toString('utf8')));
    return asProject(text(fields(hook), 'projectId') ?? text(fields(payload), 'project', 'projectId') ?? '');
  } catch {
    return undefined;
  }
}

/** Adds the "b." of ACC and BIM 360, which callbacks omit; undefined for other hubs' ids, which the API rejects. */
function asProject(id: string): string | undefined {
  if (uuid.test(id)) return `b.${id}`;
  return /^[ab]\./.test(id) ? id : undefined;
}

/** The callback for this version, as far as the API contains its data. */
function toCallback({ version, item, folder, path }: NewVersion, project: string, scope: WatchedHook['scope']): object {
  const { attributes, id } = version;
  const name = text(attributes, 'displayName', 'name') ?? text(item.attributes, 'displayName');
  const created = text(attributes, 'createTime', 'lastModifiedTime');
  return {
    version: '1.0',
    resourceUrn: id,
    hook: { system: 'data', event: versionAdded, scope },
    payload: {
      name,
      ext: text(attributes, 'fileType') ?? name?.split('.').at(-1),
      version: text(attributes, 'versionNumber') ?? /[?&]version=(\d+)/.exec(id)?.[1],
      lineageUrn: item.id,
      source: id,
      sizeInBytes: attributes.storageSize,
      creator: text(attributes, 'createUserId'),
      createdTime: created,
      modifiedTime: text(attributes, 'lastModifiedTime') ?? created,
      parentFolderUrn: folder,
      ancestors: path,
      project: project.replace(/^b\./, ''),
      context: {
        lineage: {
          createUserName: text(item.attributes, 'createUserName'),
          lastModifiedUserName: text(attributes, 'lastModifiedUserName', 'createUserName'),
        },
        operation: 'PostVersionedFiles',
      },
    },
  };
}
