import { hostname } from 'node:os';
import type { Change } from '../../../preload/contract/index.ts';
import { describe } from '../log.ts';
import { type Message, messageMembers, teamMessages } from '../messages/index.ts';
import { type Forgery, openTeam, type Team } from '../team/index.ts';
import { createThrottle, seconds } from '../timing/index.ts';
import type { DomainsStage } from './open-domains.ts';
import { standbyRecords } from './standby-records.ts';

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
  const noTeam = { role: 'none', state: 'down', team: '', problem: undefined } as const;
  const opened = (): Pick<Team, 'standing'> => team ?? { standing: noTeam };
  team = await openTeam({
    ...{ connect: ports.connectBroker, store: ports.store, now: ports.now },
    ...{ secretStore, ledger, log, warn, installation: installation.id, computer: hostname() },
    ...{ machine: ports.machine, isHeld: () => installation.isCopied },
    sourceOf: (hook, connection) => sourceOf(domains, hook, connection),
    stored: (event) => bus.emit('stored', { event }),
    repeated: (event) => bus.emit('seen', { event }),
    forged: createForgeryReport(domains),
    decided: () => domains.hooks.scheduleReconcile(),
    records: standbyRecords(domains),
    hasRecords: () => domains.connections.list().length > 0 || domains.records.all.length > 0,
    tookOver: (computer) => goOn(domains, opened(), computer),
    replaced: (computer) => ring(domains, computer, teamMessages.wasReplaced({ team: opened().standing.team })),
    // A planned backup may wait for what the others say.
    connected: () => domains.backups.wake(),
    changed: changes.run,
  });
  stack.defer(bus.on('replaced', team.republish));
  const copied: readonly Change['type'][] = ['hooks', 'connections', 'backups'];
  stack.defer(bus.on('change', ({ type }) => copied.includes(type) && team?.recordsChanged()));
  stack.defer(bus.on('credentials', team.recordsChanged));
  domains.backups.coordinate(team.backups);
  domains.hooks.coordinate(team.hooks);
  const { close } = team;
  stack.defer(close);
  return team;
}

/** This computer goes on with the hooks of the other, whose place it took by itself. */
function goOn(domains: DomainsStage, { standing }: Pick<Team, 'standing'>, former: string): void {
  const { installation, endpoint, settings, hooks, bus, log } = domains;
  installation.takeOver();
  void endpoint.use(settings.value).then(
    () => hooks.scheduleReconcile(),
    (error) => log.warn('team', describe(error)),
  );
  bus.emit('status');
  ring(domains, hostname(), teamMessages.tookOver({ former, team: standing.team }));
}

/** Notifies the user that a computer has taken over. */
function ring({ notifier, ports, log }: DomainsStage, computer: string, body: Message): void {
  const title = teamMessages.tookOverTitle({ computer });
  notifier
    .queue({
      ...{ event: null, at: ports.now() },
      ...{ ...messageMembers('title', title), ...messageMembers('body', body) },
      about: { event: 'ringback.teamTakeOver', outcome: 'info' },
    })
    .catch((error) => log.warn('team', describe(error)));
}

/** What the user calls the hook and the connection of an event; empty for what no longer exists. */
function sourceOf({ connections, hooks, labelOf }: DomainsStage, hook: string, connection: string) {
  const known = connections.list().find(({ id }) => id === connection);
  // Without its connector a hook has no label, which must not keep the event from the team.
  const isKnown = connections.connectorOf(connection) !== undefined;
  const record = isKnown && hooks.list().find(({ id }) => id === hook);
  return {
    hookLabel: record ? labelOf(connection, record).text : '',
    connectionName: known?.name ?? '',
    connector: known?.connector ?? '',
  };
}

/** Each forged message is recorded; the user is notified of the first one. */
function createForgeryReport({ bus, notifier, log }: DomainsStage) {
  let isNotified = false;
  return ({ receivedAt, ...rejection }: Forgery): void => {
    bus.emit('change', {
      type: 'rejection',
      rejection: { ...rejection, receivedAt: new Date(receivedAt).toISOString() },
    });
    if (isNotified) return;
    isNotified = true;
    const note = {
      ...messageMembers('title', teamMessages.forgedTitle()),
      ...messageMembers('body', teamMessages.forged()),
    };
    void notifier.show(note).catch((error) => log.warn('team', String(error)));
  };
}
