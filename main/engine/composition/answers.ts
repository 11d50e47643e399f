import { type Hook, type MethodName, methods, type Removal } from '../../../preload/contract/index.ts';
import { type Backups, backupMethods } from '../backups/index.ts';
import { type Connections, connectionMethods, type SignIns } from '../connections/index.ts';
import type { Connector } from '../connector/index.ts';
import { type Doctor, doctorMethods } from '../doctor/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { type Forwarding, forwardMethods, type SampleSender, sampleMethods } from '../forward/index.ts';
import { type CallbackAddresses, type Hooks, hookMethods, type InactivityMonitor } from '../hooks/index.ts';
import { rejectionMethods } from '../ingress/index.ts';
import { type Jobs, jobMethods } from '../jobs/index.ts';
import { describeInput, engineMessages, hookMessages, type Message, withCause } from '../messages/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import { type Metrics, metricsMethods } from '../metrics/index.ts';
import { type NotificationRules, type Notifier, notificationMethods, type Warnings } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import { type Recovery, recoveryMethods } from '../recovery/index.ts';
import { type Removals, removalMethods } from '../removals/index.ts';
import { type Sinks, sinkMethods } from '../sinks/index.ts';
import { type Events, eventMethods, type Installation, type ResourceNames } from '../storage/index.ts';
import { type SupportOptions, supportHandlers } from '../support/index.ts';
import { type Team, teamMethods } from '../team/index.ts';
import { transferMethods } from '../transfer/index.ts';
import { type Endpoint, tunnelMethods } from '../tunnel/index.ts';
import { type Updates, updateHandlers } from '../updates/index.ts';
import { installationMethods } from './installation-methods.ts';
import { leaveMethods } from './leave-methods.ts';
import { linkMethods } from './links.ts';
import { type SettingsMethodsOptions, settingsMethods } from './settings-methods.ts';

export type Answers = MethodHandlers<MethodName>;

/** Everything the answers are made of. */
interface Domains extends SettingsMethodsOptions, Pick<SampleSender, 'connectionOf' | 'signingOf'> {
  readonly ports: Ports;
  readonly connectors: readonly Connector[];
  readonly endpoint: Endpoint;
  readonly connections: Connections;
  readonly signIns: SignIns;
  readonly hooks: Hooks;
  readonly inactivity: InactivityMonitor;
  readonly backups: Backups;
  readonly jobs: Jobs;
  readonly events: Events;
  readonly resourceNames: ResourceNames;
  readonly notifier: Notifier;
  readonly notificationRules: NotificationRules;
  readonly sinks: Sinks;
  readonly doctor: Doctor;
  readonly recovery: Recovery;
  readonly forwarding: Forwarding;
  readonly addresses: Pick<CallbackAddresses, 'signers'>;
  labelOf(connection: string, hook: Hook): Message;
  /** Something about a hook has changed. */
  hooksChanged(): void;
  readonly warnings: Warnings;
  readonly team: Team;
  readonly updates: Updates;
  readonly support: SupportOptions;
  readonly installation: Installation;
  readonly metrics: Metrics;
}

/** The answers of all domains; a method of the contract that none of them answers is a type error. */
export function createAnswers(
  domains: Domains,
  openRemovals: (remove: (removal: Removal) => Promise<unknown>) => Removals,
): Answers {
  const answers = createDomainAnswers(domains);
  const { ports, connectors, connections, forwarding } = domains;
  const forwardSecret = forwarding.secretOf;
  return {
    ...answers,
    ...transferMethods({ ports, connectors, connections, answers, forwardSecret }),
    ...removalMethods(openRemovals(async ({ method, input }) => answers[method](input as never))),
  };
}

function createDomainAnswers(domains: Domains): Omit<Answers, MethodsOf<'transfer' | 'removals'>> {
  const { ports, hooks, backups, jobs } = domains;
  const hookAnswers = hookMethods(domains);
  const eventAnswers = eventMethods(domains.events);
  return {
    ...settingsMethods(domains),
    ...installationMethods(domains),
    ...connectionMethods({
      ...domains,
      added: (id) => void hooks.refresh(id).catch(() => {}),
      async release(id, keepHooks) {
        await removeHooks(hooks, id, keepHooks);
        await backups.forget(id);
        await jobs.abandon(id);
      },
    }),
    ...hookAnswers,
    ...eventAnswers,
    ...rejectionMethods({
      events: domains.events,
      signers: domains.addresses.signers,
      labelOf: (id) => {
        const hook = hookWithId(hooks, id);
        return domains.labelOf(hook.connection, hook);
      },
    }),
    ...sampleMethods({
      hookWithId: (id) => hookWithId(hooks, id),
      connectionOf: domains.connectionOf,
      signingOf: domains.signingOf,
      ...{ fetch: ports.fetch, now: ports.now },
    }),
    ...forwardMethods({
      forwarding: domains.forwarding,
      answers: { ...hookAnswers, ...eventAnswers },
      changed: domains.hooksChanged,
      hookWithId: (id) => hookWithId(hooks, id),
    }),
    ...backupMethods(backups),
    ...recoveryMethods(domains.recovery),
    ...doctorMethods(domains.doctor),
    ...jobMethods(jobs, ports),
    ...notificationMethods({
      ...domains,
      retry: (target) => ('job' in target ? jobs.retry(target.job) : backups.start(target.backupOf)),
    }),
    ...sinkMethods(domains.sinks),
    ...tunnelMethods(domains.endpoint),
    ...linkMethods(domains),
    ...leaveMethods(domains),
    ...teamMethods(domains.team),
    ...updateHandlers(domains.updates, ports),
    ...supportHandlers(domains.support),
    ...metricsMethods(domains.metrics),
  };
}

function hookWithId(hooks: Hooks, id: string): Hook {
  const hook = hooks.list().find((one) => one.id === id);
  if (hook) return hook;
  throw notFound('hook');
}

/** A hook that cannot be removed at its provider stops the removal of its connection. */
async function removeHooks(hooks: Hooks, connection: string, keepHooks: boolean): Promise<void> {
  try {
    await hooks.removeAll(connection, keepHooks);
  } catch (error) {
    if (!(error instanceof RingbackError)) throw error;
    throw new RingbackError(error.code, withCause(hookMessages.notAllRemoved(), error), { cause: error });
  }
}

/** Who asks: the window, or the command line over the socket that only this user can open. */
export type Caller = 'window' | 'shell';

/** Their answers hold what must not reach the window. */
const shellOnly: readonly MethodName[] = ['transfer.text'];

/** Validates the input and answers; throws RingbackError for what is expected to fail. */
export async function answer(answers: Answers, method: string, input: unknown, caller: Caller): Promise<unknown> {
  if (!isMethod(method) || (caller !== 'shell' && shellOnly.includes(method)))
    throw new RingbackError('not-found', engineMessages.unknownMethod({ method }));
  const parsed = methods[method].input.safeParse(input ?? {}, { reportInput: true });
  if (!parsed.success) throw new RingbackError('invalid-input', describeInput(parsed.error.issues));
  return answers[method](parsed.data as never);
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}
