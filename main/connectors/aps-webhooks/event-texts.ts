import { defineMessages, defineTexts } from '../../engine/messages/index.ts';
import { joined } from '../aps/index.ts';

/** The subject of an event: its name, and a short id for a subject without one; empty where unknown. */
export type Named = { readonly name: string; readonly id: string };

/** "File 4qsCZu1n" where no name is known. */
export function called(noun: string, { name, id }: Named): string {
  return name || (id ? `${noun} ${id}` : noun);
}

const fileChanges: Readonly<Record<string, string>> = {
  added: 'added',
  changed: 'changed',
  hidden: 'hidden or deleted',
  deleted: 'deleted',
  moved: 'moved',
  movedAway: 'moved away',
  copied: 'copied',
  copiedElsewhere: 'copied elsewhere',
  locked: 'locked',
  unlocked: 'unlocked',
  details: 'details changed',
  failed: 'could not be processed',
  processed: 'processed',
  waiting: 'waits for processing',
  processing: 'is being processed',
  viewFailed: 'the view could not be made',
  viewing: 'the view is being made',
  published: 'published',
};

/** The change of a file; members are empty where they are unknown or not mentioned. */
export type FileChangeText = {
  readonly change: string;
  readonly version: string;
  readonly folder: string;
  readonly who: string;
};

/** "version 3 moved to Structural". */
function fileChangeText({ change, version, folder, who }: FileChangeText): string {
  const what = `${version ? `version ${version} ` : ''}${fileChanges[change] ?? change}`;
  return `${what}${folder ? ` to ${folder}` : ''}${who ? ` by ${who}` : ''}`;
}

const folderChanges: Readonly<Record<string, string>> = {
  hidden: 'hidden or deleted',
  'dm.folder.added': 'added',
  'dm.folder.modified': 'changed',
  'dm.folder.deleted': 'deleted',
  'dm.folder.purged': 'removed for good',
  'dm.folder.moved': 'moved',
  'dm.folder.moved.out': 'moved away',
  'dm.folder.copied': 'copied',
  'dm.folder.copied.out': 'copied elsewhere',
};

const modelStates: Readonly<Record<string, string>> = {
  PUBLISHING_PENDING: 'publishing queued',
  PUBLISHING_IN_PROGRESS: 'publishing started',
  SYNC_START: 'synchronising started',
  SYNC_COMPLETE: 'synchronised',
  'model.sync': 'synchronising',
  'model.publish': 'publishing',
};

/** The state as words; one that is not known is shown as the provider writes it, in lower case. */
function modelStateText(state: string): string {
  return modelStates[state] ?? (state.toLowerCase().replaceAll('_', ' ') || 'changed');
}

const itemChanges: Readonly<Record<string, string>> = {
  'item.clone': 'cloned',
  'item.create': 'created',
  'item.lock': 'locked',
  'item.release': 'released',
  'item.unlock': 'unlocked',
  'item.update': 'updated',
  'workflow.transition': 'workflow step taken',
};

const translationStates: Readonly<Record<string, string>> = { timedOut: 'timed out', inProgress: 'in progress' };

/** "finished", "timed out", or "ended (status)" with a status of the provider that Ringback does not know. */
export function translationStateText({ state, status }: { readonly state: string; readonly status: string }): string {
  return `${translationStates[state] ?? state}${status ? ` (${status})` : ''}`;
}

type State = { readonly state: string };
type Change = { readonly change: string };

/** Titles of received events. */
export const callbackTitles = defineMessages('apsTitles', {
  file: (p: Named & FileChangeText) => `${called('File', p)}: ${fileChangeText(p)}`,
  folder: (p: Named & Change) =>
    `${p.name ? `Folder ${p.name}` : called('Folder', p)}: ${folderChanges[p.change] ?? 'changed'}`,
  operation: (p: Named & State & { readonly operation: string }) =>
    `${p.operation || 'Folder operation'} ${p.state}: ${called('Folder', p)}`,
  translation: (p: Named & State & { readonly status: string }) =>
    `Translation ${translationStateText(p)}: ${called('file', p)}`,
  model: (p: Named & State) => `${called('Revit model', p)}: ${modelStateText(p.state)}`,
  item: (p: Named & Change) => `${called('Item', p)}: ${itemChanges[p.change] ?? 'changed'}`,
  clonedItem: (p: Named & { readonly copy: string }) => `${p.copy}: cloned from ${called('Item', p)}`,
  issue: (p: Named & Change) => `${called('Issue', p)}: ${p.change}`,
  review: (p: Named & Change) => `${called('Review', p)}: ${p.change}`,
  reviewNotCreated: (p: Named) => `${called('Review', p)}: could not be created`,
  bid: (p: Named & Change) => `${called('Bid', p)}: ${p.change}`,
  opportunity: (p: Named & Change) => `${called('Opportunity', p)}: ${p.change}`,
  opportunityState: (p: Named & State) => `${called('Opportunity', p)}: now ${p.state}`,
  comment: (p: Named & Change) => `${called('Opportunity', p)}: comment ${p.change}`,
  known: (p: { readonly event: string; readonly title: string; readonly name: string }) => about(p.title, p.name),
  unknown: (p: { readonly event: string; readonly name: string }) =>
    about(`Unknown event${p.event ? ` (${p.event})` : ''}`, p.name),
});

function about(title: string, name: string): string {
  return name ? `${title}: ${name}` : title;
}

/** The stages of jobs that events report: "publishing queued", "version 3 processed". */
export const jobStages = defineMessages('apsStages', {
  file: (p: FileChangeText) => fileChangeText(p),
  model: (p: State) => modelStateText(p.state),
});

/** The summaries of events, shown below their titles; members are empty where they are not known. */
export const eventSummaries = defineMessages('apsSummaries', {
  file: (p: { readonly place: string; readonly size: string; readonly who: string }) =>
    joined(p.place, p.size, `by ${p.who}`) ?? '',
  translation: (p: { readonly place: string; readonly workflow: string; readonly rest: string }) =>
    joined(p.place, `Workflow ${p.workflow}`, p.rest) ?? '',
  model: (p: { readonly version: string; readonly place: string }) =>
    joined(`Model version ${p.version}`, p.place) ?? '',
  issue: (p: { readonly status: string; readonly changed: string; readonly due: string }) =>
    joined(p.status && `Status ${p.status}`, p.changed && `changed: ${p.changed}`, p.due && `due ${p.due}`) ?? '',
  review: (p: { readonly reason: string; readonly round: string }) =>
    joined(p.reason, p.round && `Round ${p.round}`) ?? '',
  item: (p: { readonly tenant: string; readonly workspace: string }) => `${p.tenant}, workspace ${p.workspace}`,
  unknown: () => 'Ringback does not know this kind of event; its text is stored as it came.',
});

/** The words for several events of one kind in a notification, by event name. */
const plurals = defineTexts('apsPlurals', {
  'dm.version.added': 'files added',
  'dm.version.modified': 'files changed',
  'dm.version.deleted': 'files deleted',
  'dm.version.moved': 'files moved here',
  'dm.version.moved.out': 'files moved away',
  'dm.version.copied': 'files copied here',
  'dm.version.copied.out': 'files copied elsewhere',
  'dm.lineage.reserved': 'files locked',
  'dm.lineage.unreserved': 'files unlocked',
  'dm.lineage.updated': 'file details changed',
  'dm.folder.added': 'folders added',
  'dm.folder.modified': 'folders changed',
  'dm.folder.deleted': 'folders deleted',
  'dm.folder.purged': 'folders removed for good',
  'dm.folder.moved': 'folders moved here',
  'dm.folder.moved.out': 'folders moved away',
  'dm.folder.copied': 'folders copied here',
  'dm.folder.copied.out': 'folders copied elsewhere',
  'dm.operation.started': 'folder operations started',
  'dm.operation.completed': 'folder operations completed',
  'extraction.finished': 'translations finished',
  'extraction.updated': 'translations in progress',
  'model.sync': 'Revit models synchronised',
  'model.publish': 'Revit models publishing',
  'item.create': 'items created',
  'item.clone': 'items cloned',
  'item.update': 'items updated',
  'item.lock': 'items locked',
  'item.unlock': 'items unlocked',
  'item.release': 'items released',
  'issue.created': 'issues created',
  'issue.updated': 'issues updated',
  'review.created': 'reviews created',
  'review.closed': 'reviews closed',
});

export function pluralOf(event: string | undefined): (typeof plurals)[keyof typeof plurals] | undefined {
  const name = event?.replace(/-\d+(\.\d+)*$/, '');
  return name !== undefined && Object.hasOwn(plurals, name) ? plurals[name as keyof typeof plurals] : undefined;
}
