import type { Hook } from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import type { RemoteHook } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { hookMessages } from '../messages/index.ts';
import type { Stamp } from '../storage/index.ts';
import { type HookEdit, validateEdit } from './change.ts';
import type { HookProvider } from './providers.ts';
import type { HookListings } from './reconcile/index.ts';
import { clean } from './records/index.ts';
import { externalHook } from './view.ts';

interface ExternalHooksOptions {
  readonly connections: Connections;
  readonly installation: Stamp;
  changed(): void;
}

/** Hooks that this installation did not create: shown, and changed only with the user's confirmation. */
export function createExternalHooks(
  { connections, installation, changed }: ExternalHooksOptions,
  open: (connection: string) => HookProvider,
  listings: HookListings,
) {
  const find = (id: string, isConfirmed: boolean): { connection: string; remote: RemoteHook } => {
    for (const { id: connection } of connections.list()) {
      const remote = listings.external(connection).get(id);
      if (!remote) continue;
      if (isConfirmed) return { connection, remote };
      const isCopy = remote.installation === installation.id;
      throw new RingbackError('conflict', isCopy ? hookMessages.externalCopy() : hookMessages.external());
    }
    throw notFound('hook');
  };
  return {
    all: (): Hook[] =>
      connections
        .list()
        .flatMap(({ id: owner }) =>
          [...listings.external(owner)].map(([id, remote]) => externalHook(id, owner, remote)),
        ),
    async update(id: string, change: HookEdit, isConfirmed: boolean): Promise<Hook> {
      const { connection, remote } = find(id, isConfirmed);
      const { support, context } = open(connection);
      validateEdit(support, remote, change);
      await support.update(context, remote, clean(change));
      await listings.refresh(connection, true);
      const present = listings.external(connection).get(id);
      if (!present) throw notFound('hook');
      return externalHook(id, connection, present);
    },
    async remove(id: string, isConfirmed: boolean): Promise<void> {
      const { connection, remote } = find(id, isConfirmed);
      const { support, context } = open(connection);
      await support.remove(context, remote);
      listings.forget(connection, id);
      changed();
    },
  };
}
