import { defaultLimit, type MethodHandlers, type MethodsOf } from '../method-handlers.ts';
import type { Backups } from './backups.ts';

/** The contract's questions about backups. */
export function backupMethods(backups: Backups): MethodHandlers<MethodsOf<'backups'>> {
  return {
    'backups.start': ({ connection, request }) => backups.start(connection, request),
    'backups.list': ({ connection, limit = defaultLimit }) => backups.list(connection, limit),
    'backups.resume': ({ id }) => backups.resume(id),
    'backups.cancel': ({ id }) => backups.cancel(id),
    'backups.verify': ({ id }) => backups.verify(id),
    'backups.reveal': async ({ id }) => ({ opened: await backups.reveal(id) }),
    'backups.accounts': () => backups.accounts(),
    'backups.plan': ({ connection, ...change }) => backups.plan(connection, change),
    'backups.tidy': ({ connection, ...order }) => backups.prune(connection, order),
    'backups.place': () => backups.folder,
    'backups.choosePlace': () => backups.chooseFolder(),
  };
}
