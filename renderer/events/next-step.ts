import type { BackupAccount, Connection, ConnectorInfo, Hook, Status } from '../../preload/contract/index.ts';

export type Step = 'connection' | 'tunnel' | 'hook' | 'wait' | 'backup';

interface Progress {
  readonly connections: readonly Connection[];
  readonly tunnel: Status['tunnel']['state'];
  readonly hooks: readonly Hook[];
}

const hookSteps: readonly Step[] = ['connection', 'tunnel', 'hook', 'wait'];
const backupSteps: readonly Step[] = ['connection', 'tunnel', 'backup'];

/** The steps that lead to the first event; to the first backup where the accounts can only be backed up. */
export function stepsFor(
  connections: readonly Pick<Connection, 'connector'>[],
  connectors: readonly Pick<ConnectorInfo, 'id' | 'catalogue' | 'backups'>[],
): readonly Step[] {
  const used = connectors.filter(({ id }) => connections.some(({ connector }) => connector === id));
  const isForBackups = used.some(({ backups }) => backups) && !used.some(({ catalogue }) => catalogue);
  return isForBackups ? backupSteps : hookSteps;
}

/** What a newcomer should do next, until the first event or backup has come. */
export function nextStep({ connections, tunnel, hooks }: Progress, steps: readonly Step[] = hookSteps): Step {
  if (connections.length === 0) return 'connection';
  if (tunnel === 'off') return 'tunnel';
  if (steps.includes('backup')) return 'backup';
  if (!hooks.some((hook) => hook.ours)) return 'hook';
  return 'wait';
}

/** Whether nothing has come yet of what was set up. */
export function isBeginning(hasEvents: boolean, accounts: readonly Pick<BackupAccount, 'lastProven'>[]): boolean {
  return !hasEvents && !accounts.some(({ lastProven }) => lastProven);
}
