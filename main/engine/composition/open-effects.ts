import { type Effects, startEffects } from '../effects/index.ts';
import type { Team } from '../team/index.ts';
import type { DomainsStage } from './open-domains.ts';

/** The last stage: everything that runs by itself. From here on the parts react to each other. */
export function openEffects(domains: DomainsStage, team: Team): Effects {
  const { bus, log, notifier, backups, jobs, hooks, recovery, signIns, forwarding, sinks } = domains;
  const effects = startEffects({
    log,
    effects: [
      { name: 'job', run: () => jobs.processEvents() },
      { name: 'explanation', run: () => jobs.explainFailures() },
      { name: 'notification', run: () => notifier.notifyStored() },
      // Not waited for, so that a slow server delays no notification.
      { name: 'send', run: async () => sinks.process() },
      { name: 'download', run: () => backups.continueCalledBack() },
      { name: 'forward', run: () => forwarding.processEvents() },
      // Not waited for either.
      { name: 'publish', run: async () => team.publish() },
    ],
  });
  bus.on('due', effects.request);
  bus.on('stored', effects.request);
  bus.on('missed', () => recovery.check());
  bus.on('hooks', () => recovery.check());
  bus.on('settings', () => backups.wake());
  bus.on('settings', effects.request);
  reactToEndpoint(domains);
  signIns.startRenewals();
  effects.request();
  backups.wake();
  jobs.wake();
  forwarding.wake();
  hooks.scheduleReconcile();
  return effects;
}

/** Moves the hooks to a new address, and looks at what waits for callbacks. */
function reactToEndpoint({ bus, endpoint, hooks, backups, recovery }: DomainsStage): void {
  let reconciledAt: string | undefined;
  bus.on('endpoint', () => {
    const { status, url } = endpoint.tunnel;
    if (status.state === 'up' && url !== reconciledAt) {
      reconciledAt = url;
      hooks.scheduleReconcile();
    }
    backups.wake();
    recovery.check();
  });
}
