import type { BackupAccount, Connection, ConnectorInfo, Hook, Status } from '../../preload/contract/index.ts';

export type Step = 'connection' | 'tunnel' | 'hook' | 'wait' | 'backup';

interface Progress {
  readonly connections: readonly Connection[];
  readonly tunnel: Status['tunnel']['state'];
  readonly hooks: readonly Hook[];
}

const hookSteps: readonly Step[] = ['connection', 'tunnel', 'hook', 'wait'];
const backupSteps: readonly Step[] = ['connection', 'tunnel', 'backup'];

/** The steps to the first event; to the first backup where the accounts support only backups. */
export function stepsFor(
  connections: readonly Pick<Connection, 'connector'>[],
  connectors: readonly Pick<ConnectorInfo, 'id' | 'catalogue' | 'backups'>[],
): readonly Step[] {
  const used = connectors.filter(({ id }) => connections.some(({ connector }) => connector === id));
  const isForBackups = used.some(({ backups }) => backups) && !used.some(({ catalogue }) => catalogue);
  return isForBackups ? backupSteps : hookSteps;
}

/** The next step of a new user, until the first event or backup has arrived. */
export function nextStep({ connections, tunnel, hooks }: Progress, steps: readonly Step[] = hookSteps): Step {
  if (connections.length === 0) return 'connection';
  if (tunnel === 'off') return 'tunnel';
  if (steps.includes('backup')) return 'backup';
  if (!hooks.some((hook) => hook.ours)) return 'hook';
  return 'wait';
}

/** Whether nothing has arrived yet from what was set up. */
export function isBeginning(hasEvents: boolean, accounts: readonly Pick<BackupAccount, 'lastProven'>[]): boolean {
  return !hasEvents && !accounts.some(({ lastProven }) => lastProven);
}
