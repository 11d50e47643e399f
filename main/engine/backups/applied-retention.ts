import type { PrunePreview, RetentionPolicy } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { backupMessages, type Message, withCause } from '../messages/index.ts';
import { createSerialQueue, type SerialQueue } from '../timing/index.ts';
import type { BackupActions } from './actions.ts';
import { type BackupPruning, type BackupPruningOptions, createBackupPruning } from './pruning.ts';
import type { BackupPlans, BackupRecord } from './records/index.ts';

interface AppliedRetentionOptions extends BackupPruningOptions {
  readonly plans: BackupPlans;
  readonly actions: Pick<BackupActions, 'cleanUpSuperseded'>;
  readonly log: Log;
  warn(message: string | Message): void;
}

/** Removes old backups by the plan of their account, one removal at a time. */
export interface AppliedRetention {
  /** With `draft` by that policy instead of the plan's. */
  preview(connection: string, draft: RetentionPolicy | null | undefined): PrunePreview;
  apply(connection: string, ids: readonly string[]): Promise<PrunePreview>;
  /** Applies the plan, and deletes the partial files of failed backups, now that a newer one is done. */
  applyAfter(done: BackupRecord): void;
  close(): Promise<void>;
}

export function createAppliedRetention(options: AppliedRetentionOptions): AppliedRetention {
  return new PlannedRetention(options);
}

class PlannedRetention implements AppliedRetention {
  readonly #options: AppliedRetentionOptions;
  readonly #pruning: BackupPruning;
  readonly #queue: SerialQueue = createSerialQueue();

  constructor(options: AppliedRetentionOptions) {
    this.#options = options;
    this.#pruning = createBackupPruning(options);
  }

  preview(connection: string, draft: RetentionPolicy | null | undefined): PrunePreview {
    return this.#pruning.preview(connection, draft === undefined ? this.#keepOf(connection) : draft);
  }

  apply(connection: string, ids: readonly string[]): Promise<PrunePreview> {
    return this.#queue(() => this.#pruning.apply(connection, this.#keepOf(connection), ids));
  }

  applyAfter(done: BackupRecord): void {
    void this.#queue(() => this.#applyPlan(done.connection));
    void this.#queue(() => this.#options.actions.cleanUpSuperseded(done));
  }

  async close(): Promise<void> {
    await this.#queue(async () => {});
  }

  #keepOf(connection: string): RetentionPolicy | null {
    return this.#options.plans.of(connection).keep;
  }

  async #applyPlan(connection: string): Promise<void> {
    const { log, warn } = this.#options;
    try {
      const keep = this.#keepOf(connection);
      if (keep) await this.#pruning.apply(connection, keep, this.#pruning.preview(connection, keep).remove);
    } catch (error) {
      log.warn('backups', `Old backups could not be removed: ${describe(error)}`);
      const warning = backupMessages.pruningFailed();
      warn(error instanceof RingbackError ? withCause(warning, error) : warning);
    }
  }
}
