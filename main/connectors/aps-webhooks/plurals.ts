/** The words for several events of one kind in a notification, by event name. */
const plurals: Readonly<Record<string, string>> = {
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
};

export function pluralOf(event: string | undefined): string | undefined {
  const name = event?.replace(/-\d+(\.\d+)*$/, '');
  return name !== undefined && Object.hasOwn(plurals, name) ? plurals[name] : undefined;
}
