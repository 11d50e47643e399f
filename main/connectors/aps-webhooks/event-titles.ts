import { defineTexts } from '../../engine/messages/index.ts';

/** The objects of the Cost API, by their names in events. */
const costObjects = {
  budget: 'Budget',
  budgetPayment: 'Budget payment',
  contract: 'Contract',
  cor: 'Change order request',
  costPayment: 'Cost payment',
  expense: 'Expense',
  expenseItem: 'Expense item',
  mainContract: 'Main contract',
  mainContractItem: 'Main contract item',
  oco: 'Owner change order',
  pco: 'Potential change order',
  rfq: 'Request for quotation',
  scheduleOfValue: 'Schedule of values',
  sco: 'Supplier change order',
  segmentValue: 'Segment value',
};

const costTitles = Object.fromEntries(
  Object.entries(costObjects).flatMap(([object, title]) =>
    ['created', 'updated', 'deleted'].map((change) => [`${object}.${change}-1.0`, `${title} ${change}`]),
  ),
);

/** The names of the events of the Cost API. */
export const costEvents: readonly string[] = Object.keys(costTitles);

/** The titles of events in the catalogue, by event name. */
export const catalogueTitles = defineTexts<Readonly<Record<string, string>>>('apsEvents', {
  'dm.version.added': 'File version added',
  'dm.version.modified': 'File version changed',
  'dm.version.deleted': 'File deleted',
  'dm.version.moved': 'File moved here',
  'dm.version.moved.out': 'File moved away',
  'dm.version.copied': 'File copied here',
  'dm.version.copied.out': 'File copied elsewhere',
  'dm.lineage.reserved': 'File locked',
  'dm.lineage.unreserved': 'File unlocked',
  'dm.lineage.updated': 'File details changed',
  'dm.folder.added': 'Folder added',
  'dm.folder.modified': 'Folder changed',
  'dm.folder.deleted': 'Folder deleted',
  'dm.folder.purged': 'Folder removed for good',
  'dm.folder.moved': 'Folder moved here',
  'dm.folder.moved.out': 'Folder moved away',
  'dm.folder.copied': 'Folder copied here',
  'dm.folder.copied.out': 'Folder copied elsewhere',
  'dm.operation.started': 'Long folder operation started',
  'dm.operation.completed': 'Long folder operation completed',
  'dm.version.*': 'Everything about file versions',
  'dm.lineage.*': 'Everything about locks and details',
  'dm.folder.*': 'Everything about folders',
  'dm.operation*': 'Everything about long operations',
  'dm.*': 'Everything about files and folders',
  'extraction.finished': 'Translation finished',
  'extraction.updated': 'Translation in progress',
  'extraction.*': 'Everything about translations',
  'model.sync': 'Revit model synchronised',
  'model.publish': 'Revit model publishing',
  'model.*': 'Everything about Revit cloud models',
  'item.create': 'Item created',
  'item.clone': 'Item cloned',
  'item.update': 'Item updated',
  'item.lock': 'Item locked',
  'item.unlock': 'Item unlocked',
  'item.release': 'Item released',
  'item.*': 'Everything about items',
  'workflow.transition': 'Workflow transition taken',
  'issue.created-1.0': 'Issue created',
  'issue.updated-1.0': 'Issue updated',
  'issue.deleted-1.0': 'Issue deleted',
  'issue.restored-1.0': 'Issue restored',
  'issue.unlinked-1.0': 'Issue unlinked',
  'issue.*': 'Everything about issues',
  'review.created-1.0': 'Review created',
  'review.closed-1.0': 'Review closed',
  'review.*-1.0': 'Everything about reviews',
  'bid.created-1.0': 'Bid created',
  'opportunity.created-1.0': 'Opportunity created',
  'opportunity.status.updated-1.0': 'Opportunity status changed',
  'opportunity.comment.created-1.0': 'Opportunity comment written',
  'opportunity.comment.updated-1.0': 'Opportunity comment changed',
  'opportunity.comment.deleted-1.0': 'Opportunity comment deleted',
  ...costTitles,
  'project.initialized-1.0': 'Cost project initialised',
  'dt.alert': 'Tandem alert',
  'dt.mutation': 'Tandem data changed',
  'dt.applyTemplate': 'Tandem template applied',
  'dt.removeTemplate': 'Tandem template removed',
  'cr.created': 'Change request created',
  'item.created': 'Upchain item created',
});

/** The help for an event name with an asterisk. */
const pattern = 'A pattern: * stands for any characters.';
const onlyStatus = 'Only its status.';

/** The help texts of events, by event name. */
export const eventHelp = defineTexts<Readonly<Record<string, string>>>('apsEventHelp', {
  'dm.version.added': 'Also the first version of a new file.',
  'dm.version.modified': 'Also by internal processing: several come after each upload.',
  'dm.version.deleted': 'A deletion in the browser may come as a change to "hidden" instead.',
  'dm.folder.modified': 'Renaming, moving, deleting and restoring in the browser usually come as this.',
  'extraction.finished': 'With any result.',
  'model.publish': 'Queued or started. When it is finished, a file version is added.',
  'issue.unlinked-1.0': 'A placed issue lost its document.',
  'review.created-1.0': 'A creation that failed comes as this too.',
  'budget.updated-1.0': 'Only code, quantity and unit price.',
  'budgetPayment.updated-1.0': onlyStatus,
  'contract.updated-1.0': 'Only its status, or whether it is locked.',
  'cor.updated-1.0': onlyStatus,
  'costPayment.updated-1.0': onlyStatus,
  pattern,
});
