import type { Backup, BackupAccount, BackupPlan, MethodName, Problem } from '../../../preload/contract/index.ts';
import type { MethodReply, Sample } from './sample.ts';

/** Answers about backups as the engine gives them: an order joins what is open, a finding is kept, what is pruned is marked. */
export function backupReplies(sample: Sample): Partial<Record<MethodName, MethodReply>> {
  const change = (id: string, changes: Partial<Backup>): Backup => {
    const known = sample.backups.find((backup) => backup.id === id);
    if (!known) throw { code: 'not-found', message: 'This backup is not here any more.' } satisfies Problem;
    return Object.assign(known, changes);
  };
  const accountOf = (connection: string): BackupAccount => {
    const account = sample.accounts.find((each) => each.connection === connection);
    if (account) return account;
    throw { code: 'not-found', message: 'This connection is not here any more.' } satisfies Problem;
  };
  const begin = (connection: string, request: string): Backup => {
    const { name, requests } = accountOf(connection);
    const now = new Date().toISOString();
    const title = `${requests.find(({ id }) => id === request)?.title} of ${name}`;
    const id = `started-${sample.backups.length}`;
    const started: Backup = {
      ...{ id, connection, request, title },
      ...{ state: 'created', by: 'user', createdAt: now, updatedAt: now },
    };
    sample.backups.unshift(started);
    return started;
  };
  const isOpen = ({ state }: Backup) => !['done', 'failed', 'timed-out'].includes(state);

  return {
    'backups.accounts': () => sample.accounts,
    'backups.list': () => sample.backups,
    'backups.start': ({ connection, request = 'owner' }: { connection: string; request?: string }) =>
      sample.backups.find((one) => one.connection === connection && one.request === request && isOpen(one)) ??
      begin(connection, request),
    'backups.resume': ({ id }: { id: string }) => change(id, { state: 'resolved' }),
    'backups.cancel': ({ id }: { id: string }) => change(id, { state: 'cancelled', problem: 'It was cancelled.' }),
    'backups.verify': ({ id }: { id: string }) =>
      change(id, { verification: { at: new Date().toISOString(), state: 'good' } }),
    'backups.reveal': () => ({ opened: false }),
    'backups.plan': ({ connection, ...plan }: { connection: string } & Partial<BackupPlan>) => {
      const account = accountOf(connection);
      Object.assign(account.plan, plan);
      return account;
    },
    'backups.tidy': ({ apply = [] }: { apply?: readonly string[] }) => {
      const plan = sample.pruning;
      for (const id of apply) change(id, { removedAt: new Date().toISOString() });
      sample.pruning = { ...plan, remove: plan.remove.filter((id) => !apply.includes(id)) };
      return plan;
    },
    'backups.place': () => sample.place,
    'backups.choosePlace': () => Object.assign(sample.place, { folder: '/mnt/archive' }),
  };
}
