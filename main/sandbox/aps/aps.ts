import { createLoopbackApp, ErrorResponse, startListener, Traffic } from '../http/index.ts';
import { createRandom, type Random } from '../random.ts';
import {
  type Credentials,
  createAuthentication,
  createAuthorizePage,
  createCostBarrier,
  createDiscovery,
  Grants,
  Identity,
  isKnownScope,
  person,
  Tokens,
} from './authentication/index.ts';
import { Behaviour, changeBehaviour } from './behaviour.ts';
import { createControl } from './control.ts';
import { createDataManagement } from './data-management/index.ts';
import { createDerivative, Translations } from './derivative/index.ts';
import { createManufacturing } from './manufacturing/index.ts';
import { createScenarios } from './scenarios.ts';
import type { Aps, ApsControls, ApsOptions } from './simulator.ts';
import { createStorage, isObjectPath } from './storage/index.ts';
import { Callbacks, createWebhooks, HookStore, hookDetails } from './webhooks/index.ts';

type Services = ReturnType<typeof createServices>;

export async function startAps(options: ApsOptions = {}): Promise<Aps> {
  const services = createServices(options);
  const controls = createControls(services);
  const { listen = (handler) => startListener(handler, options.port) } = options;
  const listener = await listen(createApp(services, controls));
  const { translations, designs, callbacks } = services;
  return {
    ...controls,
    url: `http://127.0.0.1:${listener.port}`,
    async stop() {
      await Promise.all([translations.stop(), designs.stop(), callbacks.stop(), listener.close()]);
    },
  };
}

function createServices({
  port: _port,
  listen: _listen,
  now = Date.now,
  random = createRandom(),
  application = createApplication(random),
  publicClientId: publicClient = random.bytes(16).toString('hex'),
  ...changes
}: ApsOptions) {
  const behaviour = Behaviour.parse(changes);
  const tokens = new Tokens(now, random.fork('tokens'));
  const grants = new Grants(behaviour, now, random.fork('grants'));
  const identity = new Identity(now);
  const storage = createStorage(tokens, now, random.fork('storage'));
  const redirectUris = [8080, 12495, 7495].map((number) => `http://localhost:${number}/callback`);
  const store = new HookStore(now, random.fork('hooks'));
  const traffic = new Traffic(now);
  const callbacks = new Callbacks(store, behaviour, now, random.fork('deliveries'));
  const translations = new Translations(callbacks, behaviour, now, random.fork('translations'));
  const designs = createManufacturing(tokens, behaviour, now, random.fork('manufacturing'));
  const scenarios = createScenarios(callbacks, translations, now, random.fork('project'));
  const tree = createDataManagement({ ...scenarios.project, files: scenarios.files }, tokens, behaviour);
  return {
    ...{ application, publicClient, redirectUris, behaviour, tokens, grants, identity, store, traffic },
    ...{ storage, callbacks, translations, designs, scenarios, tree },
  };
}

function createControls({ application, behaviour, tokens, ...services }: Services): ApsControls {
  const { publicClient, redirectUris, grants, store, traffic, callbacks, designs, scenarios, tree } = services;
  return {
    ...application,
    publicClientId: publicClient,
    redirectUris,
    ...scenarios,
    behaviour,
    change: (given) => changeBehaviour(behaviour, given),
    manufacturing: designs.manufacturing,
    requests: traffic.requests,
    callbacks: callbacks.log,
    hooks: () => store.all().map((hook) => ({ ...hookDetails(hook), region: hook.region })),
    deleteFolder: (urn) => tree.deleteFolder(urn),
    addFault: (fault) => traffic.addFault(fault),
    issueToken({ user, scopes = ['data:read', 'data:write', 'data:create'], lifetime = behaviour.tokenLifetime } = {}) {
      const client = application.clientId;
      return tokens.issue({ type: user ? 'O2User' : 'Application', id: user ?? client, client }, scopes, lifetime);
    },
    revokeTokens: () => tokens.revokeAll(),
    signOut: () => grants.revokeAll(),
    reactivate: () => callbacks.reactivate(),
    settled: () => callbacks.settled(),
  };
}

function createApp(services: Services, controls: ApsControls): ReturnType<typeof createLoopbackApp> {
  const { application, publicClient, redirectUris, behaviour, tokens, grants, identity, store, traffic } = services;
  return createLoopbackApp((app) => {
    app.use('/sandbox', createControl(controls));
    app.use(traffic.handler);
    const clients = { application, publicClient };
    app.use(createAuthorizePage({ ...clients, redirectUris, grants, behaviour, person: person.name, isKnownScope }));
    app.use(createAuthentication({ ...clients, tokens, grants, identity, behaviour }));
    app.use(createDiscovery(identity));
    app.use('/modelderivative', createCostBarrier(tokens, publicClient));
    app.use('/webhooks/v1', createWebhooks(store, tokens, behaviour));
    app.use('/modelderivative/v2/designdata', createDerivative(services.translations, tokens, behaviour));
    app.use(services.designs.router);
    app.use(services.tree.router);
    app.use(services.storage);
    app.use(() => {
      throw new ErrorResponse(404, { developerMessage: 'The requested resource does not exist.' });
    });
  }, isObjectPath);
}

function createApplication(random: Random): Credentials {
  return { clientId: random.bytes(16).toString('hex'), clientSecret: random.bytes(32).toString('hex') };
}
