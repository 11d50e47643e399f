import type { Hook, Recovery as RecoveryEntry } from '../../../preload/contract/index.ts';
import { describe } from '../log.ts';
import { selectMonitored } from '../storage/index.ts';
import { coalesce, minutes } from '../timing/index.ts';
import { judgeMonitoring, type Monitoring } from './monitoring.ts';
import type { RecoveryOptions } from './options.ts';
import { listRecoveries, reportFound } from './report.ts';
import { searchMissed } from './search.ts';

/** Recovers, by queries to the providers, events of times in which no callback could reach this computer. */
export interface Recovery {
  /** To be called when the hooks were looked at, and when the tunnel changed. Never throws. */
  check(): void;
  /** To be called when the computer slept: what was monitored until then no longer is. */
  markStale(): void;
  /** Resolves when no search is in progress. */
  settled(): Promise<void>;
  /** The latest first. */
  list(limit: number): RecoveryEntry[];
  close(): Promise<void>;
}

/** While callbacks do not arrive, the providers are asked at most this often. */
const askInterval = minutes(10);
/** How often it is stored that the hooks are monitored. */
const markInterval = minutes(5);

export function createRecovery(options: RecoveryOptions): Recovery {
  return new GapRecovery(options);
}

class GapRecovery implements Recovery {
  readonly #options: RecoveryOptions;
  readonly #ending = new AbortController();
  readonly #run = coalesce(() => this.#checkSafely());
  /** Whether callbacks have arrived ever since the last check. */
  #unbroken = false;
  #markedAt = 0;
  #askedAt = 0;
  #running: Promise<void> | undefined;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  check(): void {
    if (!this.#options.reachable()) this.#unbroken = false;
    if (!this.#closed) this.#running = this.#run();
  }

  markStale(): void {
    this.#unbroken = false;
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  list(limit: number): RecoveryEntry[] {
    return listRecoveries(this.#options.ledger, limit);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  get #closed(): boolean {
    return this.#ending.signal.aborted;
  }

  async #checkSafely(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#check();
    } catch (error) {
      if (!this.#closed)
        this.#options.log.warn('recovery', `Missed events could not be searched for: ${describe(error)}`);
    }
  }

  async #check(): Promise<void> {
    const { ledger, now } = this.#options;
    const startedAt = now();
    const reachable = this.#options.reachable();
    const monitoring = judgeMonitoring({
      hooks: this.#options.hooks(),
      reachable,
      unbroken: this.#unbroken,
      now: startedAt,
      monitoredAt: (hook) => selectMonitored(ledger, hook),
    });
    const { paused, fresh, doubtful } = monitoring;
    if (paused.length > 0) await ledger.write('unattended', idsOf(paused));
    if (fresh.length > 0) await this.#mark(fresh, startedAt);
    if (this.#mustAsk(monitoring, reachable, startedAt)) {
      this.#askedAt = startedAt;
      this.#unbroken = reachable;
      await this.#search(doubtful);
    } else {
      if (reachable) this.#unbroken = true;
      if (this.#options.jobs().unreported().length > 0) await this.#search([]);
    }
    await this.#finish(monitoring, startedAt);
  }

  #mustAsk({ doubtful }: Monitoring, reachable: boolean, startedAt: number): boolean {
    return doubtful.length > 0 && ((reachable && !this.#unbroken) || startedAt - this.#askedAt >= askInterval);
  }

  async #search(hooks: readonly Hook[]): Promise<void> {
    const search = await searchMissed(this.#options, hooks, this.#ending.signal);
    if (!this.#closed) await reportFound(this.#options, search);
  }

  async #finish({ delivering, doubtful }: Monitoring, startedAt: number): Promise<void> {
    if (!this.#options.reachable()) this.#unbroken = false;
    else if (startedAt - this.#markedAt >= markInterval && !this.#closed) {
      this.#markedAt = startedAt;
      const undoubted = delivering.filter((hook) => !doubtful.includes(hook));
      await this.#mark(undoubted, startedAt);
    }
  }

  #mark(hooks: readonly Hook[], at: number): Promise<void> {
    return this.#options.ledger.write('recovered', { attended: { at, hooks: idsOf(hooks) } });
  }
}

function idsOf(hooks: readonly Hook[]): string[] {
  return hooks.map(({ id }) => id);
}
