import { randomBytes } from 'node:crypto';
import {
  createLoopbackApp,
  ErrorResponse,
  type Fault,
  type LoggedRequest,
  startListener,
  Traffic,
} from '../http/index.ts';
import {
  type Credentials,
  createAuthentication,
  createAuthorizePage,
  createCostBarrier,
  Grants,
  isKnownScope,
  person,
  Tokens,
} from './authentication/index.ts';
import { type Behaviour, defaultBehaviour } from './behaviour.ts';
import { createControl } from './control.ts';
import { createDataManagement } from './data-management/index.ts';
import { createDerivative, Translations } from './derivative/index.ts';
import { createManufacturing, type Manufacturing } from './manufacturing/index.ts';
import { createStories, type Stories } from './scenarios.ts';
import { Callbacks, createWebhooks, HookStore, hookDetails, type SentCallback } from './webhooks/index.ts';

export interface ApsOptions extends Partial<Behaviour> {
  /** Absent or 0 = any free one. */
  readonly port?: number;
  /** The application that may sign in; a new one when absent. */
  readonly application?: Credentials;
  /** Client id of the app without a secret; a new one when absent. */
  readonly publicClientId?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A strict stand-in of Autodesk Platform Services: authentication, webhooks, model derivative, and the callbacks they send. */
export interface Aps extends Stories, Credentials {
  /** The base URL, in place of https://developer.api.autodesk.com. */
  readonly url: string;
  /** The app without a secret, which only persons can use (PKCE). */
  readonly publicClientId: string;
  /** The callback URLs registered for both apps, compared exactly; change it as in the portal. */
  readonly redirectUris: string[];
  readonly behaviour: Behaviour;
  readonly manufacturing: Manufacturing;
  /** What was asked of it; the last thousand, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** What it sent; the last thousand, oldest first. */
  readonly callbacks: readonly SentCallback[];
  /** Every hook of every region and owner, as the service would show it, and its region. */
  hooks(): readonly Record<string, unknown>[];
  /** From now on nobody may see that folder any more. */
  deleteFolder(urn: string): void;
  /** Answers matching requests otherwise; returns the function that takes it back. */
  addFault(fault: Fault): () => void;
  /** An access token without signing in; a user's where `user` is given. `lifetime` in seconds. */
  issueToken(grant?: {
    readonly user?: string;
    readonly scopes?: readonly string[];
    readonly lifetime?: number;
  }): string;
  /** Every access token becomes invalid. */
  revokeTokens(): void;
  /** Every code and refresh token becomes invalid: all persons are signed out. */
  signOut(): void;
  /** The service's background job: inactive hooks with `autoReactivateHook` become "reactivated". */
  reactivate(): void;
  /** Resolves when no delivery and no retry is under way. */
  settled(): Promise<void>;
  /** Complete: deliveries and translations end where they are, every connection is cut. */
  stop(): Promise<void>;
}

export async function startAps(options: ApsOptions = {}): Promise<Aps> {
  const { port, now = Date.now, application = createApplication(), ...others } = options;
  const { publicClientId = randomBytes(16).toString('hex'), ...changes } = others;
  const behaviour: Behaviour = { ...defaultBehaviour, ...changes };
  const tokens = new Tokens(now);
  const grants = new Grants(behaviour, now);
  const redirectUris = [8080, 12495, 7495].map((number) => `http://localhost:${number}/callback`);
  const store = new HookStore(now);
  const traffic = new Traffic(now);
  const callbacks = new Callbacks(store, behaviour, now);
  const translations = new Translations(callbacks, behaviour, now);
  const { manufacturing, ...designs } = createManufacturing(tokens, behaviour, now);

  const stories = createStories(callbacks, translations, now);
  const tree = createDataManagement({ ...stories.project, files: stories.files }, tokens, behaviour);

  const controls: Omit<Aps, 'url' | 'stop'> = {
    clientId: application.clientId,
    clientSecret: application.clientSecret,
    publicClientId,
    redirectUris,
    ...stories,
    behaviour,
    manufacturing,
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

  const app = createLoopbackApp((app) => {
    app.use('/sandbox', createControl(controls));
    app.use(traffic.handler);
    const apps = { application, publicClient: publicClientId };
    app.use(createAuthorizePage({ ...apps, redirectUris, grants, behaviour, person: person.name, isKnownScope }));
    app.use(createAuthentication({ ...apps, tokens, grants, behaviour }));
    app.use('/modelderivative', createCostBarrier(tokens, publicClientId));
    app.use('/webhooks/v1', createWebhooks(store, tokens, behaviour));
    app.use('/modelderivative/v2/designdata', createDerivative(translations, tokens, behaviour));
    app.use(designs.router);
    app.use(tree.router);
    app.use(() => {
      throw new ErrorResponse(404, { developerMessage: 'The requested resource does not exist.' });
    });
  });

  const listener = await startListener(app, port);
  return {
    ...controls,
    url: `http://127.0.0.1:${listener.port}`,
    async stop() {
      await Promise.all([translations.stop(), designs.stop(), callbacks.stop(), listener.close()]);
    },
  };
}

function createApplication(): Credentials {
  return { clientId: randomBytes(16).toString('hex'), clientSecret: randomBytes(32).toString('hex') };
}
