import { createLoopbackApp, ErrorResponse, startListener, Traffic } from '../http/index.ts';
import { createRandom, type Random } from '../random.ts';
import { BackupFiles } from './backup-files.ts';
import { Behaviour, change } from './behaviour.ts';
import { Callbacks } from './callbacks.ts';
import { createCertificate } from './certificate.ts';
import { createControl } from './control.ts';
import { createDownloads } from './downloads.ts';
import { Links } from './links.ts';
import { createOrders, type Order } from './orders.ts';
import { type Origins, Results } from './results.ts';
import { createSignIn, type Login, Tokens } from './sign-in.ts';
import type { AutoflexControls, AutoflexOptions, AutoflexSandbox } from './simulator.ts';
import type { Transfer } from './transfer.ts';

const documentedPath = '/autoflex/servoy-service/velocity/webservice_v2';
const secondPath = '/v2';

type Services = ReturnType<typeof createServices>;

export async function startAutoflex(options: AutoflexOptions = {}): Promise<AutoflexSandbox> {
  const services = createServices(options);
  const { origins, callbacks } = services;
  const controls = createControls(services);
  const app = createApp(services, controls);
  const { listen = (handler) => startListener(handler, options.port) } = options;
  const own = await listen(app);
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

function createServices({
  port: _port,
  listen: _listen,
  now = Date.now,
  random = createRandom(),
  login = createLogin(random),
  ...given
}: AutoflexOptions) {
  const behaviour = Behaviour.parse(given);
  const origins: { -readonly [name in keyof Origins]: string } = { own: '', foreign: '', http: '', untrusted: '' };
  const links = new Links(behaviour, now, random.fork('links'));
  return {
    ...{ login, behaviour, origins, links },
    traffic: new Traffic(now),
    tokens: new Tokens(now, random.fork('tokens')),
    results: new Results(behaviour, links, () => origins, random.fork('results')),
    callbacks: new Callbacks(behaviour, now),
    files: new BackupFiles(now),
    orders: [] as Order[],
    transfers: [] as Transfer[],
  };
}

function createControls({ login, behaviour, orders, transfers, ...services }: Services): AutoflexControls {
  const { traffic, callbacks, files, tokens, links } = services;
  return {
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
}

function createApp(services: Services, controls: AutoflexControls): ReturnType<typeof createLoopbackApp> {
  const { login, behaviour, origins, traffic, tokens, links, results, callbacks, files, orders, transfers } = services;
  return createLoopbackApp((app) => {
    app.use('/sandbox', createControl(controls));
    app.use(traffic.handler);
    app.use(createDownloads({ links, files, tokens, behaviour, transfers, origins: () => origins }));
    const paths = [documentedPath, secondPath];
    app.use(
      paths,
      createSignIn(login, tokens, behaviour, () => origins.foreign + secondPath),
    );
    const prepared = () => files.get(behaviour.file);
    app.use(paths, createOrders({ tokens, results, callbacks, behaviour, orders, prepared }));
    app.use(() => {
      throw new ErrorResponse(404, { message: 'There is nothing here.' });
    });
  });
}

function createLogin(random: Random): Login {
  return {
    username: 'administrator',
    apiKey: random.bytes(16).toString('hex'),
    // Ends with characters that must be encoded in a URL.
    password: `${random.bytes(8).toString('hex')}+&=%/ä`,
  };
}
