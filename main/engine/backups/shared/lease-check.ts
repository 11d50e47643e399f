import { RingbackError } from '../../errors.ts';
import { backupMessages } from '../../messages/index.ts';
import { days } from '../../timing/index.ts';
import { type BackupRecord, problemFields, type Transitions } from '../records/index.ts';
import type { Step } from '../runner.ts';
import type { BackupCoordinator } from './coordinator.ts';

interface LeaseCheckOptions {
  readonly transitions: Transitions;
  coordinator(): BackupCoordinator;
  /** Undefined where the connection no longer exists. */
  accountOf(connection: string): string | undefined;
}

/**
 * Before each step of a planned backup, confirms that no other computer took it over during a pause or restart, else
 * ends it.
 */
export function createLeaseCheck(step: Step, { transitions, coordinator, accountOf }: LeaseCheckOptions): Step {
  return async (record, signal) => {
    const account = record.lease && accountOf(record.connection);
    if (!record.lease || account === undefined) return step(record, signal);
    const { token } = record.lease;
    const claim = await coordinator().claim({ account, period: days(1), token });
    if (claim.kind === 'taken') return takenOver(record, claim.computer, transitions);
    if (claim.kind === 'made') return takenOver(record, claim.backup.computer, transitions);
    // What is requested already is fetched all the same: only a request may come twice.
    if (claim.kind === 'unknown' && record.state === 'created')
      throw new RingbackError('offline', backupMessages.waitingTeam());
    if (claim.kind === 'held' && claim.token !== token) {
      const moved = await transitions.move(record, { lease: { token: claim.token, reported: false } });
      return moved ? step(moved, signal) : 0;
    }
    return step(record, signal);
  };
}

async function takenOver(record: BackupRecord, computer: string, transitions: Transitions): Promise<number> {
  const problem = problemFields(backupMessages.takenOver({ computer }));
  await transitions.finish(record, { state: 'cancelled', abandoned: true, ...problem });
  return 0;
}
