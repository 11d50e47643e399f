import type { HookHistoryEntry, HookPlanStep } from '../../../../preload/contract/index.ts';
import type { Log } from '../../log.ts';
import { referenceOf } from '../../messages/index.ts';
import { type Ledger, selectHookHistory, toTime } from '../../storage/index.ts';
import { doneMessage, isFailed } from './summary.ts';

/** What the runs have done, as stored. */
interface HookHistory {
  /** Stores the steps of a run; a failure that repeats is stored once. */
  add(steps: readonly HookPlanStep[], failedBefore: ReadonlySet<string>): Promise<void>;
  /** The latest first. */
  list(limit: number): HookHistoryEntry[];
}

interface HookHistoryOptions {
  readonly ledger: Ledger;
  readonly log: Log;
  now(): number;
}

export function createHookHistory({ ledger, log, now }: HookHistoryOptions): HookHistory {
  return {
    async add(steps, failedBefore) {
      const newSteps = steps.filter(
        (step) => !isFailed(step) || step.hook === undefined || !failedBefore.has(step.hook),
      );
      if (newSteps.length === 0) return;
      const message = doneMessage(newSteps);
      log.info('hooks', message.text);
      const record = { text: message.text, textMessage: referenceOf(message), steps: newSteps };
      await ledger.write('hookHistory', { at: now(), record: JSON.stringify(record) });
    },
    list: (limit) =>
      selectHookHistory(ledger, limit).map((row) => ({
        id: String(row.id),
        at: toTime(row.at),
        ...JSON.parse(String(row.record)),
      })),
  };
}
