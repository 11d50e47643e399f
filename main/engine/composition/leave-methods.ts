import type { Backups } from '../backups/index.ts';
import type { Connections } from '../connections/index.ts';
import { RingbackError } from '../errors.ts';
import type { Hooks } from '../hooks/index.ts';
import { followedBy, leaveMessages, withCause } from '../messages/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Ports } from '../ports.ts';

interface LeaveMethodsOptions {
  readonly ports: Pick<Ports, 'folder' | 'forget'>;
  readonly hooks: Pick<Hooks, 'list' | 'removeAll'>;
  readonly connections: Pick<Connections, 'list'>;
  readonly backups: Pick<Backups, 'folder'>;
}

/** The contract's questions about removing Ringback from this computer. */
export function leaveMethods(options: LeaveMethodsOptions): MethodHandlers<MethodsOf<'leave'>> {
  const { ports, hooks, connections, backups } = options;
  const { folder, forget } = ports;
  return {
    'leave.preview': () => ({
      hooks: hooks.list().filter(({ ours }) => ours).length,
      folder,
      backups: backups.folder.folder,
      possible: forget !== undefined,
    }),
    'leave.remove': async ({ keepHooks }) => {
      if (forget === undefined) throw new RingbackError('conflict', leaveMessages.byHand({ folder }));
      if (!keepHooks) for (const { id, name } of connections.list()) await removeHooks(hooks, id, name);
      forget();
      return {};
    },
  };
}

/** What was deleted before a failure stays deleted; asking again continues with the rest. */
async function removeHooks(hooks: Pick<Hooks, 'removeAll'>, connection: string, name: string): Promise<void> {
  try {
    await hooks.removeAll(connection, false);
  } catch (cause) {
    if (!(cause instanceof RingbackError)) throw cause;
    const message = withCause(leaveMessages.hooksRemain({ connection: name }), cause);
    throw new RingbackError(cause.code, followedBy(message, leaveMessages.tryAgain()), { cause });
  }
}
