import type { Change, MethodName } from '../preload/contract/index.ts';

const staleAfter = {
  events: ['events.get'],
  connections: ['connections.list', 'hooks.list', 'hooks.problems', 'backups.accounts'],
  hooks: ['hooks.list', 'hooks.problems', 'hooks.healing', 'hooks.history', 'silence.list', 'events.activity'],
  silence: ['silence.list'],
  backups: ['backups.list', 'backups.accounts', 'backups.place', 'backups.tidy'],
  jobs: ['jobs.list', 'jobs.get'],
  settings: ['settings.get', 'status.get'],
  recovery: ['recovery.history'],
  notifications: ['notifications.rules', 'notifications.preview', 'notifications.list', 'status.get'],
  team: ['team.status', 'team.members', 'team.serverConfig'],
  rejections: ['rejections.list', 'events.counts'],
  removals: ['removals.list'],
  sinks: ['sinks.list'],
} as const satisfies Record<string, readonly MethodName[]>;

type Subject = keyof typeof staleAfter;

/** Queries whose data an import may change. */
const staleAfterImport: readonly MethodName[] = [
  ...new Set(
    (['settings', 'connections', 'backups', 'hooks', 'notifications'] as const).flatMap(
      (subject): readonly MethodName[] => staleAfter[subject],
    ),
  ),
];

/** The queries that a method makes stale. */
export function staleAfterMethod(method: MethodName): readonly MethodName[] {
  if (method === 'transfer.import') return staleAfterImport;
  const [subject = ''] = method.split('.');
  return Object.hasOwn(staleAfter, subject) ? staleAfter[subject as Subject] : ['status.get'];
}

/** The queries that a change of the host makes stale; none where the change contains all new data. */
export function staleAfterChange(change: Change): readonly MethodName[] {
  switch (change.type) {
    case 'connections':
    case 'hooks':
    case 'recovery':
    case 'backups':
    case 'team':
      return staleAfter[change.type];
    case 'event':
      return ['events.counts', 'events.list'];
    case 'jobs':
      return ['jobs.list'];
    case 'rejection':
      return staleAfter.rejections;
    case 'backup':
      // Progress is contained in the change; other changes may affect what is verified, retained or overdue.
      return change.backup.state === 'downloading' ? [] : staleAfter.backups;
    default:
      return [];
  }
}
