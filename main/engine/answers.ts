import type { Connection, Settings, Status } from '../../preload/contract.ts';
import {
  type Connector as ConnectorDescription,
  type LinkId,
  type MethodName,
  methods,
  type Output,
  type ParsedInput,
} from '../../preload/contract.ts';
import type { Backups } from './backups/index.ts';
import type { Connections, SignIns } from './connections/index.ts';
import { browse } from './connections/index.ts';
import type { Connector, SignInSupport } from './connector/index.ts';
import type { Doctor } from './doctor/index.ts';
import { notFound, RingbackError } from './errors.ts';
import type { Hooks, SilenceWatch } from './hooks/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Notifier, Warnings } from './notifications/index.ts';
import type { Ports } from './ports.ts';
import type { Recovery } from './recovery/index.ts';
import { createSerialQueue } from './serial.ts';
import type { Events, ResourceNames, Retention, StoredSettings } from './storage/index.ts';
import type { Station } from './tunnel/index.ts';

type Answers = { readonly [M in MethodName]: (input: ParsedInput<M>) => Output<M> | Promise<Output<M>> };

/** Everything the answers are made of. */
export interface Parts {
  readonly ports: Ports;
  readonly connectors: readonly Connector[];
  readonly settings: StoredSettings;
  readonly station: Station;
  readonly connections: Connections;
  readonly signIns: SignIns;
  readonly hooks: Hooks;
  readonly backups: Backups;
  readonly jobs: Jobs;
  readonly events: Events;
  readonly resourceNames: ResourceNames;
  readonly notifier: Notifier;
  readonly retention: Retention;
  readonly doctor: Doctor;
  readonly recovery: Recovery;
  readonly silence: SilenceWatch;
  readonly warnings: Warnings;
  status(): Status;
  settingsChanged(): void;
}

const defaultLimit = 100;

const links: Readonly<Record<LinkId, string>> = {
  'autodesk-portal': 'https://aps.autodesk.com/myapps/',
  'autodesk-webhooks': 'https://aps.autodesk.com/en/docs/webhooks/v1/developers_guide/overview/',
  'autodesk-integrations':
    'https://aps.autodesk.com/en/docs/bim360/v1/tutorials/getting-started/manage-access-to-docs/',
  localtunnel: 'https://github.com/localtunnel/localtunnel',
};

/** One answer a question; a question of the contract without one is a type error. */
export function createAnswers(parts: Parts): Answers {
  const { ports, settings, station, connections, signIns, hooks, backups, jobs, events, notifier } = parts;
  const turns = createSerialQueue();
  const connectionOf = (id: string): Connection => {
    const connection = connections.list().find((one) => one.id === id);
    if (!connection) throw notFound('connection');
    return connection;
  };
  return {
    'status.get': () => parts.status(),
    'settings.get': () => settings.value,
    'settings.set': (change) =>
      turns(async () => {
        const next = fixPort(settings.after(change), station.receiver.port);
        await station.use(next);
        settings.set(next);
        void parts.retention.run();
        backups.wake();
        parts.settingsChanged();
        return next;
      }),
    'connectors.list': () => parts.connectors.map(describeConnector),
    'connections.add': async (input) => {
      const connection = await connections.add(input);
      if (!connection.signIn) hooks.refresh(connection.id).catch(() => {});
      return connection;
    },
    'connections.list': () => connections.list(),
    'connections.update': async ({ id, ...change }) => {
      // The answer of the browser would be for the settings as they were.
      if (change.settings && connections.signsIn(id)) await signIns.cancel(id);
      return connections.update(id, change);
    },
    'connections.check': ({ id }) => connections.check(id),
    'connections.signIn': ({ id }) => signIns.begin(id),
    'connections.cancelSignIn': async ({ id }) => {
      await signIns.cancel(id);
      return connectionOf(id);
    },
    'connections.remove': async ({ id, keepHooks = false }) => {
      connectionOf(id);
      await hooks.removeAll(id, keepHooks).catch((error: unknown) => {
        if (!(error instanceof RingbackError)) throw error;
        const message = `${error.message} Its hooks were not all removed at the provider; they can be left there ("keepHooks").`;
        throw new RingbackError(error.code, message, { cause: error });
      });
      await backups.forget(id);
      await jobs.abandon(id);
      await signIns.end(id);
      connections.remove(id);
      return {};
    },
    'hooks.events': async ({ connection }) => {
      const { connector, context } = connections.open(connection);
      return [...((await connector.hooks?.events?.(context)) ?? [])];
    },
    'hooks.create': async (input) => parts.resourceNames.withPath(await hooks.create(input)),
    'hooks.list': async ({ connection, refresh = false }) => {
      if (refresh) await hooks.refresh(connection);
      return hooks.list(connection).map(parts.resourceNames.withPath);
    },
    'hooks.problems': () => [...hooks.problems],
    'hooks.update': async (input) => parts.resourceNames.withPath(await hooks.update(input)),
    'hooks.reconcile': (input) => hooks.reconcile(input),
    'hooks.healing': () => hooks.healing,
    'hooks.history': ({ limit = defaultLimit }) => hooks.history(limit),
    'hooks.remove': async ({ id, foreign = false }) => {
      await hooks.remove(id, foreign);
      return {};
    },
    'browse.children': (question) => browse(connections, parts.resourceNames, question),
    'events.list': (query) => events.list(query),
    'events.get': ({ id }) => events.get(id),
    'backups.start': ({ connection, request }) => backups.start(connection, request),
    'backups.list': ({ connection, limit = defaultLimit }) => backups.list(connection, limit),
    'backups.resume': ({ id }) => backups.resume(id),
    'backups.cancel': ({ id }) => backups.cancel(id),
    'backups.verify': ({ id }) => backups.verify(id),
    'backups.reveal': async ({ id }) => ({ opened: await backups.reveal(id) }),
    'backups.accounts': () => backups.accounts(),
    'backups.plan': ({ connection, ...change }) => backups.plan(connection, change),
    'backups.tidy': ({ connection, ...how }) => backups.tidy(connection, how),
    'backups.place': () => backups.place,
    'backups.choosePlace': () => backups.choosePlace(),
    'recovery.history': ({ limit = defaultLimit }) => parts.recovery.list(limit),
    'silence.list': () => parts.silence.list(),
    'silence.set': ({ hook, rule }) => parts.silence.set(hook, rule),
    'doctor.run': (subject) => parts.doctor.examine(subject),
    'jobs.start': (order) => jobs.start(order),
    'jobs.list': ({ connection, limit = defaultLimit }) => jobs.list(connection, limit),
    'jobs.get': ({ id }) => jobs.get(id),
    'jobs.formats': ({ connection, urn, name }) => jobs.formats(connection, urn, name),
    'jobs.refresh': ({ id }) => jobs.refresh(id),
    'jobs.forget': async ({ id }) => {
      await jobs.forget(id);
      return {};
    },
    'jobs.open': async ({ id }) => {
      const url = jobs.pageOf(id);
      return { opened: await ports.open(url), url };
    },
    'rejections.list': ({ limit = defaultLimit }) => events.rejections(limit),
    'notifications.list': ({ limit = defaultLimit }) => notifier.list(limit),
    'notifications.test': async () => {
      await notifier.show({ title: 'Ringback rings', body: 'Notifications reach you.' });
      return {};
    },
    'tunnel.check': () => station.tunnel.check(),
    'warnings.dismiss': () => {
      parts.warnings.clear();
      return {};
    },
    'links.open': async ({ link }) => {
      const url = links[link];
      return { opened: await ports.open(url), url };
    },
  };
}

/** Whoever forwards an address of the user's own must find the receiver at the same port tomorrow. */
function fixPort(settings: Settings, port: number): Settings {
  const { tunnel, receiver } = settings;
  return tunnel.provider === 'fixed' && receiver.port === 0
    ? { ...settings, receiver: { ...receiver, port } }
    : settings;
}

function describeConnector({
  id,
  title,
  fields,
  hooks,
  backups,
  jobs,
  browse,
  signIn,
}: Connector): ConnectorDescription {
  return {
    id,
    title,
    fields: [...fields],
    ...(hooks ? { catalogue: hooks.catalogue } : {}),
    ...(backups ? { backups: [...backups.requests] } : {}),
    ...(jobs ? { jobs: { regions: [...jobs.regions] } } : {}),
    ...(browse ? { browse: true } : {}),
    ...(signIn ? { signIn: describeSignIn(signIn) } : {}),
  };
}

function describeSignIn({ when, portField, ports, path }: SignInSupport): ConnectorDescription['signIn'] {
  return { when: { field: when.field, in: [...when.in] }, portField, ports: [...ports], path };
}

/** Validates the input and answers; throws RingbackError for what is expected to fail. */
export async function answer(answers: Answers, method: string, input: unknown): Promise<unknown> {
  if (!isMethod(method)) throw new RingbackError('not-found', `There is no method "${method}".`);
  const parsed = methods[method].input.safeParse(input ?? {});
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
    throw new RingbackError('invalid-input', `${issues.join('; ')}.`);
  }
  return answers[method](parsed.data as never);
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}
