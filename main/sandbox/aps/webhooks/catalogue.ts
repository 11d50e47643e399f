/** Systems with their events by scope key, as named by the Webhooks API. */
const systems: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  data: {
    folder: [
      ...['added', 'modified', 'deleted', 'moved', 'moved.out', 'copied', 'copied.out'].map(
        (end) => `dm.version.${end}`,
      ),
      ...['reserved', 'unreserved', 'updated'].map((end) => `dm.lineage.${end}`),
      ...['added', 'modified', 'deleted', 'purged', 'moved', 'moved.out', 'copied', 'copied.out'].map(
        (end) => `dm.folder.${end}`,
      ),
      'dm.operation.started',
      'dm.operation.completed',
    ],
  },
  derivative: { workflow: ['extraction.finished', 'extraction.updated'] },
  'adsk.c4r': { folder: ['model.sync', 'model.publish'] },
  'adsk.flc.production': {
    workspace: ['clone', 'create', 'lock', 'release', 'unlock', 'update'].map((end) => `item.${end}`),
    'workflow.transition': ['workflow.transition'],
  },
  'autodesk.construction.cost': {
    project:
      `budget budgetPayment contract cor costPayment expense expenseItem mainContract mainContractItem oco pco rfq
      scheduleOfValue sco`
        .split(/\s+/)
        .flatMap((object) => ['created', 'updated', 'deleted'].map((end) => `${object}.${end}-1.0`)),
    account: ['project.initialized-1.0'],
  },
  'autodesk.construction.issues': {
    project: ['created', 'updated', 'deleted', 'restored', 'unlinked'].map((end) => `issue.${end}-1.0`),
  },
  'autodesk.construction.reviews': { project: ['review.created-1.0', 'review.closed-1.0'] },
  'autodesk.construction.bc': {
    companyId: [
      'bid.created-1.0',
      'opportunity.created-1.0',
      'opportunity.status.updated-1.0',
      ...['created', 'updated', 'deleted'].map((end) => `opportunity.comment.${end}-1.0`),
    ],
  },
  'adsk.tandem': { twinUrn: ['dt.alert', 'dt.mutation', 'dt.applyTemplate', 'dt.removeTemplate'] },
};

/** Systems for which only users may create hooks. */
export const userOnlySystems: ReadonlySet<string> = new Set(['autodesk.construction.reviews']);

/** The events of a system that a name or wildcard pattern matches, each with its scope key. */
export function findEvents(
  system: string,
  pattern: string,
): readonly { readonly event: string; readonly key: string }[] {
  const scopes = Object.hasOwn(systems, system) ? systems[system] : undefined;
  return Object.entries(scopes ?? {})
    .flatMap(([key, events]) => events.map((event) => ({ event, key })))
    .filter(({ event }) => coversEvent(pattern, event));
}

/** `*` stands for zero or more characters. */
export function coversEvent(pattern: string, event: string): boolean {
  const form = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${form.join('.*')}$`).test(event);
}
