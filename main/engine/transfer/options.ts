import type { MethodName } from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import type { Connector } from '../connector/index.ts';
import type { MethodHandlers } from '../method-handlers.ts';
import type { Ports } from '../ports.ts';

type Asked =
  | 'backups.accounts'
  | 'backups.plan'
  | 'connections.add'
  | 'connections.list'
  | 'connections.update'
  | 'hooks.create'
  | 'hooks.list'
  | 'hooks.remove'
  | 'hooks.update'
  | 'notifications.rules'
  | 'notifications.setRules'
  | 'settings.get'
  | 'settings.set';

export interface TransferOptions {
  readonly ports: Pick<Ports, 'saveText' | 'now'>;
  readonly connectors: readonly Connector[];
  readonly answers: Pick<MethodHandlers<MethodName>, Asked>;
  readonly connections: Pick<Connections, 'addIncomplete' | 'ownerSecrets'>;
  /** The secret with which a hook's events are signed again. */
  forwardSecret(hook: string): Promise<string | undefined>;
}
