import type { Hook } from '../../../preload/contract.ts';
import type { Connections } from '../connections/index.ts';
import type { RemoteHook } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { type HookEdit, validateEdit } from './change.ts';
import type { HookListings } from './listings.ts';
import type { HookProvider } from './providers.ts';
import { clean, externalHook } from './view.ts';

export interface ExternalHooksOptions {
  readonly connections: Connections;
  readonly installation: string;
  changed(): void;
}

/** Hooks of others: shown, and changed only on the user's explicit word. */
export function createExternalHooks(
  { connections, installation, changed }: ExternalHooksOptions,
  open: (connection: string) => HookProvider,
  listings: HookListings,
) {
  const find = (id: string, agreed: boolean): { connection: string; remote: RemoteHook } => {
    for (const { id: connection } of connections.list()) {
      const remote = listings.external(connection).get(id);
      if (!remote) continue;
      if (agreed) return { connection, remote };
      const whose =
        remote.installation === installation
          ? 'This hook bears the stamp of this Ringback, but its address and secret are no longer known here.'
          : 'This hook was not made by this Ringback.';
      throw new RingbackError('conflict', `${whose} Say explicitly that it is to be changed.`);
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
    async update(id: string, change: HookEdit, agreed: boolean): Promise<Hook> {
      const { connection, remote } = find(id, agreed);
      const { support, context } = open(connection);
      validateEdit(support, remote, change);
      await support.update(context, remote, clean(change));
      await listings.refresh(connection, true);
      const present = listings.external(connection).get(id);
      if (!present) throw notFound('hook');
      return externalHook(id, connection, present);
    },
    async remove(id: string, agreed: boolean): Promise<void> {
      const { connection, remote } = find(id, agreed);
      const { support, context } = open(connection);
      await support.remove(context, remote);
      listings.forget(connection, id);
      changed();
    },
  };
}
