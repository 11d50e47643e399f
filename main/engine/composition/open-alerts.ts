import {
  createRejectionCounter,
  diskCondition,
  keyStoreCondition,
  rejectionCondition,
  teamCondition,
  teamReceiverCondition,
  tunnelCondition,
  updateCondition,
} from '../alerts/index.ts';
import type { Team } from '../team/index.ts';
import { seconds } from '../timing/index.ts';
import type { Updates } from '../updates/index.ts';
import type { DomainsStage } from './open-domains.ts';

/** Recovery may wait for a provider; the end of an outage is reported by then all the same. */
const recoveryTimeout = seconds(30);

/** Watches what keeps events or notifications from arriving. */
export function startAlerts(domains: DomainsStage, updates: Updates, team: Team): void {
  const { alerts, bus, endpoint, settings, isNeeded, secretStore, ports, events } = domains;
  const counter = createRejectionCounter();
  const tunnel = tunnelCondition({
    status: () => ({ tunnel: endpoint.tunnel.status, receiver: endpoint.receiver }),
    settings: () => settings.value.notifications,
    isNeeded,
    recovered: (since) => recoveredSince(domains, since),
    now: ports.now,
  });
  const general = [
    tunnel,
    teamCondition(() => team.standing, ports.now),
    teamReceiverCondition(
      {
        ...{ absence: team.absence, isAwaited: () => domains.jobs.waiting || domains.backups.waiting },
        isWanted: () => settings.value.notifications.teamAwayAlert ?? true,
        get standing() {
          return team.standing;
        },
      },
      ports.now,
    ),
    keyStoreCondition(secretStore),
    diskCondition(ports.folder),
    updateCondition(() => updates.status),
  ];
  alerts.start(() => [...general, ...rejectionConditions(domains, counter)]);
  bus.on('endpoint', alerts.request);
  bus.on('settings', alerts.request);
  bus.on('change', (change) => {
    if (change.type !== 'rejection' || change.rejection.hook === undefined) return;
    counter.rejected(change.rejection.hook, change.rejection);
    alerts.request();
  });
  bus.on('stored', ({ event }) => {
    const isWatched = counter.any || alerts.isAnyActive('rejections');
    const hook = event !== undefined && isWatched ? events.event(event)?.hook : undefined;
    if (hook === undefined || counter.of(hook).rejected === 0) return;
    counter.accepted(hook);
    alerts.request();
  });
}

function rejectionConditions(domains: DomainsStage, counter: ReturnType<typeof createRejectionCounter>) {
  return domains.ownHooks().map((hook) => {
    const name = domains.labelOf(hook.connection, hook);
    return rejectionCondition({ id: hook.id, name, ...counter.of(hook.id) });
  });
}

async function recoveredSince({ recovery }: DomainsStage, since: number): Promise<string | undefined> {
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, recoveryTimeout).unref());
  await Promise.race([recovery.settled(), timeout]);
  const [latest] = recovery.list(1);
  return latest && latest.found > 0 && Date.parse(latest.at) >= since ? latest.text : undefined;
}
