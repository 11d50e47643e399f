import type { JobUpdate } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { type Fields, fileKey, named, text, words } from '../aps/index.ts';
import type { Callback, EventGroup } from './event-group.ts';
import { callbackTitles, called, eventSummaries, jobStages } from './event-texts.ts';
import { foldersOf } from './read-folders.ts';

/** model.sync and model.publish: Revit Cloud Worksharing. The payload has no name and no time. */
export const models: EventGroup = {
  system: 'adsk.c4r',
  events: /^model\./,
  recognise(payload) {
    const state = text(payload, 'state') ?? '';
    if (state.startsWith('PUBLISHING_')) return ['model.publish'];
    if (state.startsWith('SYNC_')) return ['model.sync'];
    return payload.modelGuid === undefined ? undefined : [];
  },
  describe(callback) {
    const { event, resource, payload, nameOf, pathOf } = callback;
    const guid = text(payload, 'modelGuid');
    const learned = (resource && nameOf(fileKey(resource))) ?? (guid && nameOf(guid));
    const name = named(learned, guid ?? resource);
    const version = words(payload, 'modelVersion');
    const folder = text(payload, 'parentFolder');
    const place = (folder && (pathOf(folder) ?? nameOf(folder))) || '';
    return {
      title: callbackTitles.model({ ...name, state: stateOf(event, payload) }),
      summary: version ? eventSummaries.model({ version, place }) : place || undefined,
      outcome: text(payload, 'state') === 'SYNC_COMPLETE' ? 'success' : 'info',
      resource: guid,
      names: [called('Revit model', name)],
      // A callback with the payload only may lack the lineage.
      resourceNames: [[guid, learned]],
      jobs: resource ? jobUpdatesOf(callback, resource, learned || undefined) : [],
    };
  },
};

/** Publishing is queued, starts, and ends when the file has a new version; no callback of this system reports the end. */
function jobUpdatesOf({ event, payload, scope }: Callback, lineage: string, name: string | undefined): JobUpdate[] {
  const state = text(payload, 'state') ?? '';
  const project = text(payload, 'projectId');
  const run = `${event} ${text(payload, 'modelVersion') ?? text(payload, 'episodeGuid') ?? ''}`;
  const common = {
    kind: 'publishing',
    subject: fileKey(lineage),
    ...messageMembers('stage', jobStages.model({ state: stateOf(event, payload) })),
    run,
    ...(name === undefined ? {} : { name }),
    ...(project === undefined ? {} : { location: { project, resource: lineage } }),
  } as const;
  const endedBy = { system: 'data', event: 'dm.version.added', within: foldersOf(payload, scope) } as const;
  if (state === 'PUBLISHING_PENDING') return [{ ...common, state: 'queued', notifies: true, endedBy }];
  if (state === 'PUBLISHING_IN_PROGRESS') return [{ ...common, state: 'running', notifies: true, endedBy }];
  if (state === 'SYNC_START') return [{ ...common, state: 'running' }];
  return state === 'SYNC_COMPLETE' ? [{ ...common, state: 'success', mayContinue: true }] : [];
}

/** The state in the payload, else the event, where either can be said in words. */
function stateOf(event: string, payload: Fields): string {
  return words(payload, 'state') ?? (/^model\.(sync|publish)$/.test(event) ? event : '');
}
