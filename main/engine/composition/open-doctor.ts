import {
  connectionChecks,
  createDoctor,
  type Doctor,
  type GeneralCheckOptions,
  generalChecks,
  hookChecks,
} from '../doctor/index.ts';
import { mask } from '../log.ts';
import type { DomainsStage } from './open-domains.ts';

/** Sample bodies and rejections that a check of a hook reads at most. */
const maxBodies = 50;
const maxRejections = 1000;

/** Gives the doctor its checks. */
export function openDoctor(domains: DomainsStage): Doctor {
  const { ports, endpoint, settings, addresses, connections, hooks, backups } = domains;
  const { now, fetch, version } = ports;
  const general: GeneralCheckOptions = {
    ...{ endpoint, fetch, now },
    notifications: () => settings.value.notifications,
    connection: addresses.connectionOf,
    signIn: (id) => connections.check(id),
    refreshHooks: (id) => hooks.refresh(id),
    hookProblems: () => hooks.problems,
    backupAccounts: () => backups.accounts(),
  };
  return createDoctor({
    checks: {
      once: generalChecks(general),
      connection: connectionChecks(general),
      hook: checksOfHooks(domains),
    },
    connections: () => connections.list(),
    hooks: domains.ownHooks,
    ...{ version, now, mask },
  });
}

function checksOfHooks(domains: DomainsStage): ReturnType<typeof hookChecks> {
  const { ports, addresses, connections, events, inactivity, jobs, testDeliveries } = domains;
  const { now, fetch } = ports;
  return hookChecks({
    open: (connection) => connections.open(connection),
    label: (hook) => domains.labelOf(hook.connection, hook),
    async sendTestDelivery(hook) {
      const signing = addresses.signingOf(hook);
      return signing && testDeliveries.send({ url: hook.callbackUrl, ...signing, fetch });
    },
    bodiesLike: ({ connection, event }) => events.bodiesOf(connection, event, maxBodies),
    rejections: (hook) => events.rejections(maxRejections).filter((one) => one.hook === hook),
    activity: (hook) => inactivity.of(hook),
    workflow: (hook) => jobs.workflowCheck(hook),
    now,
  });
}
