import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import { type Aps, startAps } from '../../../main/sandbox/aps/index.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost, type TestHost, type TestHostOptions } from '../../support/test-host.ts';

/** A clock that the test moves. */
export interface Clock {
  now(): number;
  pass(milliseconds: number): void;
}
export function createClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    pass: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}

/** One that goes on only where the test moves it: until then no reconciliation falls due by itself. */
export function createStillClock(): Clock {
  let time = Date.now();
  return {
    now: () => time,
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** The cloud's simulator; stopped when the test ends. */
export async function openCloud(clock: Clock, behaviour: Partial<Aps['behaviour']> = {}): Promise<Aps> {
  const aps = await startAps({ now: clock.now, retryDelays: [], ...behaviour });
  onTestFinished(() => aps.stop());
  return aps;
}

/** Gives up a request that hangs, and on a busy computer others as well: only for work that is repeated until it succeeds. */
export const hasty: typeof globalThis.fetch = (input, init) =>
  fetch(input, {
    ...init,
    signal: AbortSignal.any([...(init?.signal ? [init.signal] : []), AbortSignal.timeout(250)]),
  });

export function openHost(clock: Clock, options: Partial<TestHostOptions> = {}): Promise<TestHost> {
  const { ports, ...rest } = options;
  return openTestHost({ connectors: [apsWebhooks], ports: { now: clock.now, ...ports }, ...rest });
}

export async function connectTo(host: Pick<TestHost, 'ask'>, aps: Aps): Promise<string> {
  const { clientId, clientSecret, url } = aps;
  const settings = { clientId, baseUrl: url };
  const { id } = await host.ask('connections.add', {
    connector: 'aps-webhooks',
    settings,
    secrets: { clientSecret },
  });
  return id;
}

export const folders = ['one', 'two', 'three'].map((name) => `urn:adsk.wipprod:fs.folder:co.${name}`);
export const event = 'dm.version.added';

export async function createHooks(host: Pick<TestHost, 'ask'>, connection: string): Promise<string[]> {
  const ids: string[] = [];
  for (const folder of folders) {
    ids.push((await host.ask('hooks.create', { connection, system: 'data', event, scope: { folder } })).id);
  }
  return ids;
}

export interface Front {
  readonly url: string;
  /** The receiver may have another port after a restart. */
  lead(port: number): void;
  close(): Promise<void>;
}

/** Another public address of the receiver, which can go away. */
export async function openFront(receiver = 0): Promise<Front> {
  let port = receiver;
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const lead = (to: number): void => {
    port = to;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, lead, close };
}

export async function moveTo(host: Pick<TestHost, 'ask'>, url: string): Promise<void> {
  await host.ask('settings.set', { tunnel: { provider: 'fixed', url } });
  await until(async () => {
    const { state, url: present } = (await host.ask('status.get', {})).tunnel;
    return state === 'up' && present === url;
  });
}

/** A file is added in each folder: gives in which of them a callback was accepted. */
export async function ring(aps: Aps): Promise<string[]> {
  const heard: string[] = [];
  for (const folder of folders) {
    const sent = await aps.emit({
      ...{ system: 'data', event, scope: { folder }, resourceUrn: 'urn:adsk.wipprod:fs.file:vf.x?version=1' },
      payload: { name: 'pump.ipt', ext: 'ipt', modifiedTime: new Date().toISOString() },
    });
    if (sent.some(({ attempts }) => attempts.some(({ status }) => status === 204))) heard.push(folder);
  }
  return heard;
}

/** Exactly one hook of each folder, at this address, active. */
export function expectExactly(aps: Aps, url: string): void {
  const hooks = aps.hooks().map(({ scope, status, callbackUrl }) => ({
    folder: (scope as { folder: string }).folder,
    status,
    here: String(callbackUrl).startsWith(`${url}/in/`),
  }));
  const wanted = folders.map((folder) => ({ folder, status: 'active', here: true }));
  const order = (a: { folder: string }, b: { folder: string }) => a.folder.localeCompare(b.folder);
  expect(hooks.sort(order)).toEqual(wanted.sort(order));
}
