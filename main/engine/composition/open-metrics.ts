import type { Status } from '../../../preload/contract/index.ts';
import { createMetrics, type Metrics } from '../metrics/index.ts';
import type { DomainsStage } from './open-domains.ts';

/** Jobs that are looked through for those in progress, which come first. */
const maxJobs = 500;

/** Counts from now on what the engine does. */
export function openMetrics(domains: DomainsStage, status: () => Status): Metrics {
  const { bus, ledger, ports, backups, jobs, ownHooks } = domains;
  const metrics = createMetrics({
    ...{ ledger, status, hooks: ownHooks, now: ports.now },
    backupAccounts: () => backups.accounts(),
    jobs: () => jobs.list(undefined, maxJobs).filter(({ endedAt }) => endedAt === undefined),
  });
  bus.on('handled', metrics.handled);
  bus.on('stored', ({ event }) => event !== undefined && metrics.stored());
  return metrics;
}
