import { describe, expect, onTestFinished, test } from 'vitest';
import { startRelay } from '../../main/sandbox/relay/relay.ts';
import { openGarage, shareEngine } from '../support/autoflex-host.ts';
import { until } from '../support/temporary.ts';

const open = shareEngine();

/** What the documentation of Autoflex10 leaves open about the service as a whole and the connection to it, one question each. */

const second = 1000;

describe('32. limits on the number of requests', () => {
  test.each(['/authenticate', '/backup/owner', '/webhook', '/files'])(
    'of %s are respected as Retry-After says',
    async (path) => {
      const garage = await open();
      garage.autoflex.addFault({ path, status: 429, retryAfter: 7, body: { message: 'Too many requests.' }, times: 1 });
      await garage.backUp();
      expect(garage.time.waits).toEqual([7 * second]);
    },
  );

  test.each(['/authenticate', '/backup/owner', '/webhook', '/files'])(
    'of %s are respected for a minute without Retry-After',
    async (path) => {
      const garage = await open();
      garage.autoflex.addFault({ path, status: 429, body: { message: 'Too many requests.' }, times: 2 });
      await garage.backUp();
      expect(garage.time.waits).toEqual([60 * second, 60 * second]);
    },
  );

  test.each([
    ['/backup/owner', /limits the number of requests\. Try again in 60 minutes/],
    ['/files', /retry in 60 minutes/],
  ])('of %s are reported where Retry-After is an hour', async (path, words) => {
    const garage = await open();
    garage.autoflex.addFault({ path, status: 429, retryAfter: 3600, body: {} });
    expect((await garage.fail()).problem).toMatch(words);
    expect(garage.time.waits).toEqual([]);
  });
});

describe('33. an untrusted certificate', () => {
  test('at the base URL: no connection is made, nothing is sent, and the reason is reported', async () => {
    const { autoflex, host } = await open();
    const before = autoflex.requests.length;
    const { untrustedUrl: baseUrl, username, apiKey, password } = autoflex;
    const reply = await host.engine.ask('connections.add', {
      connector: 'autoflex',
      settings: { baseUrl, username },
      secrets: { apiKey, password },
    });
    expect(reply).toMatchObject({
      ok: false,
      problem: { message: expect.stringMatching(/certificate that is not trusted .*nothing was sent/) },
    });
    expect(autoflex.requests).toHaveLength(before);
  });

  test('at the API: the request is not sent, and not mistaken for one without response', async () => {
    const garage = await open();
    garage.autoflex.change({ signIn: { apiUrl: garage.autoflex.untrustedUrl } });
    const { id } = await garage.start();
    const [waiting] = await until(async () => {
      const backups = await garage.backups();
      return backups[0]?.problem === undefined ? undefined : backups;
    });
    expect(waiting).toMatchObject({ id, state: 'created', problem: expect.stringMatching(/certificate/) });
    expect(garage.requestsTo('/backup/owner')).toEqual([]);
  });

  test.each([
    ['at the link', { result: { url: 'untrusted' } }, 0],
    ['behind a redirect', { download: { redirects: 1, redirectTo: 'untrusted' } }, 1],
  ] as const)('%s: nothing is fetched, and the reason is reported', async (_where, options, each) => {
    const garage = await open(options);
    expect((await garage.fail()).problem).toContain(
      `${new URL(garage.autoflex.untrustedUrl).host} presents a certificate that is not trusted`,
    );
    expect(garage.requestsTo('/files')).toHaveLength(each * 6);
    expect(garage.autoflex.transfers).toEqual([]);
  });

  test('no setting accepts it', async () => {
    const { host } = await open();
    const [connector] = await host.ask('connectors.list', {});
    expect(connector?.fields.filter(({ name, label }) => /cert|tls|ssl|secur/i.test(name + label))).toEqual([]);
    expect(JSON.stringify(await host.ask('settings.get', {}))).not.toMatch(/cert|tls|ssl/i);
  });
});

describe('34. which base URL is the right one', () => {
  test('both published ones are offered, and any other may be typed', async () => {
    const { host, autoflex } = await open();
    const [connector] = await host.ask('connectors.list', {});
    const field = connector?.fields.find(({ name }) => name === 'baseUrl');
    expect(field?.choices?.map(({ value }) => value)).toEqual([
      'https://www.autoflex10.dev/autoflex/servoy-service/velocity/webservice_v2',
      'https://api.autoflex10.work/v2',
    ]);
    expect(field?.default).toBe(field?.choices?.[0]?.value);
    expect(autoflex.url).not.toBe(field?.default);
  });

  test.each([
    ['the documented path', (url: string) => url, '/autoflex/servoy-service/velocity/webservice_v2/'],
    ['a slash behind it', (url: string) => `${url}/`, '/autoflex/servoy-service/velocity/webservice_v2/'],
    ['the path of the second version', (url: string) => `${new URL(url).origin}/v2`, '/v2/'],
  ])('%s makes a backup', async (_path, urlOf, prefix) => {
    const garage = await open({}, urlOf);
    await garage.backUp();
    const paths = garage.autoflex.requests.map(({ path }) => path).filter((path) => !path.startsWith('/files'));
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !path.startsWith(prefix))).toEqual([]);
  });
});

describe('35. a reminder page of the tunnel', () => {
  test('is named as a likely cause of a missing callback, and the next request may succeed', async () => {
    const relay = await startRelay();
    onTestFinished(() => relay.stop());
    const garage = await openGarage({ callback: { userAgent: 'Mozilla/5.0 (compatible; Servoy)' } });
    const { host, autoflex } = garage;
    await host.ask('settings.set', { tunnel: { provider: 'localtunnel', host: relay.url } });
    await until(async () => (await host.ask('status.get', {})).tunnel.state === 'up');
    await garage.start();
    await until(() => autoflex.callbacks.length === 1);
    expect(autoflex.callbacks).toMatchObject([{ status: 401 }]);
    await garage.reach('requested');
    garage.time.ahead += 6 * 3600 * second;
    host.engine.wake();
    expect((await garage.reach('timed-out')).advice).toContain('the tunnel showed its reminder page to the provider');
    autoflex.change({ callback: { userAgent: null } });
    await garage.backUp();
  });
});
