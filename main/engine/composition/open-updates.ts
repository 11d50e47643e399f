import { openUpdates, type Updates } from '../updates/index.ts';
import type { DomainsStage } from './open-domains.ts';

/** Checks for newer versions, which wait for backups and jobs in progress. */
export function openUpdateChecks({ bus, ports, settings, backups, jobs, log }: DomainsStage): Updates {
  const isBusy = (): boolean =>
    backups.accounts().some(({ running }) => running !== undefined) ||
    jobs.list(undefined, 1).some(({ endedAt }) => endedAt === undefined);
  const updates = openUpdates({
    source: ports.updates,
    settings: () => settings.value.updates,
    busy: isBusy,
    publish: (status) => bus.emit('change', { type: 'updates', updates: status }),
    now: ports.now,
    random: Math.random,
    log,
  });
  bus.on('settings', updates.wake);
  bus.on('change', ({ type }) => (type === 'backup' || type === 'job') && updates.wake());
  return updates;
}
