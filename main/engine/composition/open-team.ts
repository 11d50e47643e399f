import { hostname } from 'node:os';
import { teamMessages } from '../messages/index.ts';
import { openTeam, type Team } from '../team/index.ts';
import { createThrottle, seconds } from '../timing/index.ts';
import type { DomainsStage } from './open-domains.ts';

/** The team, which publishes what is stored here, or stores what its receiver publishes. */
export async function openTeamStage(domains: DomainsStage, stack: AsyncDisposableStack): Promise<Team> {
  const { ports, bus, log, secretStore, ledger, installation, warn } = domains;
  let team: Team | undefined;
  const changes = createThrottle(seconds(1), () => {
    void team?.status().then(
      (status) => bus.emit('change', { type: 'team', team: status }),
      () => {},
    );
  });
  stack.defer(changes.stop);
  const opened = await openTeam({
    ...{ connect: ports.connectBroker, store: ports.store, now: ports.now },
    ...{ secretStore, ledger, log, warn, installation: installation.id, computer: hostname() },
    ...{ machine: ports.machine, isHeld: () => installation.isCopied },
    sourceOf: (hook, connection) => sourceOf(domains, hook, connection),
    stored: (event) => bus.emit('stored', { event }),
    repeated: (event) => bus.emit('seen', { event }),
    forged: createForgeryReport(domains),
    decided: () => domains.hooks.scheduleReconcile(),
    // A planned backup may wait for what the others say.
    connected: () => domains.backups.wake(),
    changed: changes.run,
  });
  team = opened;
  stack.defer(bus.on('replaced', opened.republish));
  domains.backups.coordinate(opened.backups);
  domains.hooks.coordinate(opened.hooks);
  stack.defer(() => opened.close());
  return opened;
}

/** What the user calls the hook and the connection of an event; empty for what no longer exists. */
function sourceOf({ connections, hooks, labelOf }: DomainsStage, hook: string, connection: string) {
  const known = connections.list().find(({ id }) => id === connection);
  // Without its connector nothing can say what the hook is called, which must not keep the event from the team.
  const isKnown = connections.connectorOf(connection) !== undefined;
  const record = isKnown && hooks.list().find(({ id }) => id === hook);
  return {
    hookLabel: record ? labelOf(connection, record) : '',
    connectionName: known?.name ?? '',
    connector: known?.connector ?? '',
  };
}

/** Each forged message is recorded; the user is notified of the first one. */
function createForgeryReport({ bus, notifier, log }: DomainsStage) {
  let isNotified = false;
  return ({ receivedAt, hook, reason }: { receivedAt: number; hook: string; reason: string }): void => {
    bus.emit('change', {
      type: 'rejection',
      rejection: { receivedAt: new Date(receivedAt).toISOString(), hook, reason },
    });
    if (isNotified) return;
    isNotified = true;
    const note = { title: teamMessages.forgedTitle().text, body: teamMessages.forged().text };
    void notifier.show(note).catch((error) => log.warn('team', String(error)));
  };
}
