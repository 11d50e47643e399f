import { randomBytes } from 'node:crypto';
import {
  createLoopbackApp,
  ErrorResponse,
  type Fault,
  type LoggedRequest,
  startListener,
  Traffic,
} from '../http/index.ts';
import { type BackupFile, BackupFiles } from './backup-files.ts';
import { Behaviour, type BehaviourChange, change } from './behaviour.ts';
import { Callbacks, type SentCallback } from './callbacks.ts';
import { createCertificate } from './certificate.ts';
import { createControl } from './control.ts';
import { createDownloads } from './downloads.ts';
import { Links } from './links.ts';
import { createOrders, type Order } from './orders.ts';
import { type Origins, Results } from './results.ts';
import { createSignIn, type Login, Tokens } from './sign-in.ts';
import type { Transfer } from './transfer.ts';

export interface AutoflexOptions extends BehaviourChange {
  /** Absent or 0 = any free one. */
  readonly port?: number;
  /** Who may sign in; somebody new when absent. */
  readonly login?: Login;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A strict stand-in of Autoflex10: sign-in, the backup of the owner with its callback, and the download. */
export interface AutoflexSandbox extends Login {
  /** The base URL, in place of the documented one. */
  readonly url: string;
  /** The base URL of the second version: the same service at another path, as `api_url` may name it. */
  readonly secondUrl: string;
  /** The second version at another origin. */
  readonly foreignUrl: string;
  /** The base URL behind a certificate nobody vouches for. */
  readonly untrustedUrl: string;
  /** Read at every request; assign to change it. */
  readonly behaviour: Behaviour;
  /** Changes only what is given; throws where a value is none it knows. */
  change(given: BehaviourChange): void;
  /** What was asked of it, at every origin; the last thousand, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly orders: readonly Order[];
  /** The calls it made; the last thousand, oldest first. */
  readonly callbacks: readonly SentCallback[];
  /** What was downloaded, also in part. */
  readonly transfers: readonly Transfer[];
  /** The file a download gives at present; of several that make up one backup, that number. */
  file(number?: number): Promise<BackupFile>;
  /** Answers matching requests otherwise; returns the function that takes it back. */
  addFault(fault: Fault): () => void;
  /** Every token becomes invalid. */
  expireTokens(): void;
  /** Every link given out until now is expired. */
  expireLinks(): void;
  /** Calls back for every order once more. */
  callAgain(): Promise<void>;
  /** Resolves when no callback is under way. */
  settled(): Promise<void>;
  /** Complete: callbacks end where they are, every connection is cut. */
  stop(): Promise<void>;
}

const documentedPath = '/autoflex/servoy-service/velocity/webservice_v2';
const secondPath = '/v2';

export async function startAutoflex(options: AutoflexOptions = {}): Promise<AutoflexSandbox> {
  const { port, now = Date.now, login = createLogin(), ...given } = options;
  const behaviour = Behaviour.parse(given);
  const origins: { -readonly [name in keyof Origins]: string } = { own: '', foreign: '', http: '', untrusted: '' };
  const traffic = new Traffic(now);
  const tokens = new Tokens(now);
  const links = new Links(behaviour, now);
  const results = new Results(behaviour, links, () => origins);
  const callbacks = new Callbacks(behaviour, now);
  const files = new BackupFiles(now);
  const orders: Order[] = [];
  const transfers: Transfer[] = [];
  const prepared = () => files.get(behaviour.file);

  const controls: Omit<AutoflexSandbox, 'url' | 'secondUrl' | 'foreignUrl' | 'untrustedUrl' | 'stop'> = {
    ...login,
    behaviour,
    change: (wanted) => change(behaviour, wanted),
    requests: traffic.requests,
    orders,
    callbacks: callbacks.log,
    transfers,
    file: (number) => files.get(behaviour.file, number),
    addFault: (fault) => traffic.addFault(fault),
    expireTokens: () => tokens.expireAll(),
    expireLinks: () => links.expireAll(),
    async callAgain() {
      await Promise.all(orders.map(({ webhookUrl, ids }) => callbacks.announce(webhookUrl, ids)));
    },
    settled: () => callbacks.settled(),
  };

  const app = createLoopbackApp((app) => {
    app.use('/sandbox', createControl(controls));
    app.use(traffic.handler);
    app.use(createDownloads({ links, files, tokens, behaviour, transfers, origins: () => origins }));
    const paths = [documentedPath, secondPath];
    app.use(
      paths,
      createSignIn(login, tokens, behaviour, () => origins.foreign + secondPath),
    );
    app.use(paths, createOrders({ tokens, results, callbacks, behaviour, orders, prepared }));
    app.use(() => {
      throw new ErrorResponse(404, { message: 'There is nothing here.' });
    });
  });
  const own = await startListener(app, port);
  const others = [startListener(app), startListener(app, 0, createCertificate())] as const;
  const [foreign, untrusted] = await Promise.all(others).catch(async (error: unknown) => {
    await own.close();
    throw error;
  });
  origins.own = `http://127.0.0.1:${own.port}`;
  origins.foreign = `http://127.0.0.1:${foreign.port}`;
  origins.http = `http://[::ffff:7f00:1]:${own.port}`;
  origins.untrusted = `https://127.0.0.1:${untrusted.port}`;
  return {
    ...controls,
    url: origins.own + documentedPath,
    secondUrl: origins.own + secondPath,
    foreignUrl: origins.foreign + secondPath,
    untrustedUrl: origins.untrusted + documentedPath,
    async stop() {
      await Promise.all([callbacks.stop(), own.close(), foreign.close(), untrusted.close()]);
    },
  };
}

function createLogin(): Login {
  return {
    username: 'administrator',
    apiKey: randomBytes(16).toString('hex'),
    // Characters that a URL must encode.
    password: `${randomBytes(8).toString('hex')}+&=%/ä`,
  };
}
