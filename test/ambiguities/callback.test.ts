import { describe, expect, test } from 'vitest';
import { callbackForms } from '../../main/sandbox/autoflex/callback-forms.ts';
import { delayed, type Garage, openGarage, shareEngine } from '../support/autoflex-host.ts';
import { until } from '../support/temporary.ts';

const open = shareEngine();

/** What the documentation of Autoflex10 leaves open about the request and its callback, one question each. */

const statuses = ({ autoflex }: Garage) => autoflex.callbacks.map(({ status }) => status);
const addressOf = ({ autoflex }: Garage) => autoflex.orders.at(-1)?.webhookUrl ?? '';

async function requested(garage: Garage): Promise<string> {
  const { id } = await garage.start();
  await garage.reach('requested');
  return id;
}

describe('1. the id where the URL already has a query', () => {
  test('does not matter: the URL is an unguessable path, another for every request', async () => {
    const garage = await open();
    for (const _ of [1, 2]) await garage.backUp();
    const addresses = garage.autoflex.orders.map(({ webhookUrl }) => webhookUrl);
    const { receiver } = await garage.host.ask('status.get', {});
    for (const address of addresses) {
      expect(address).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${receiver.port}/in/[0-9a-f]{32}$`));
    }
    expect(new Set(addresses).size).toBe(2);
  });
});

describe('2. how the id is added to the URL', () => {
  const bySlash = ['query', 'slash-query'];
  test.each(callbackForms.filter((form) => !bySlash.includes(form)))(
    'in the form "%s" it is understood',
    async (form) => {
      const method = form.endsWith('-body') ? 'POST' : 'GET';
      const garage = await open({ callback: { form, method } });
      await garage.backUp();
      expect(statuses(garage)).toEqual([200]);
    },
  );

  test.each(['second-question', 'glued', 'slash', 'ampersand', 'semicolon'] as const)(
    'in the form "%s" it is understood although it does not look like an id',
    async (form) => {
      const garage = await open({ callback: { form, idAs: 'word' } });
      await garage.backUp();
    },
  );
});

describe('3. whether an id is always a UUID', () => {
  test.each([
    ['a word whose case counts', { idAs: 'word' }],
    ['a UUID', { idAs: 'uuid' }],
    ['a UUID in capitals', { form: 'upper-case' }],
  ] as const)('%s goes back exactly as it came', async (_what, callback) => {
    const garage = await open({ callback });
    await garage.backUp();
    const [sent = ''] = garage.autoflex.callbacks.map(({ url }) => new URL(url).search);
    expect(garage.requestsTo('/webhook').map(({ query }) => query)).toEqual([sent]);
  });

  test.each(['?id=short', `?id=${'k'.repeat(129)}`, '?id=..%2F..%2Fetc%2Fpasswd'])(
    '%s is none, and causes no request',
    async (rest) => {
      const garage = await open(delayed);
      await requested(garage);
      expect((await fetch(addressOf(garage) + rest)).status).toBe(200);
      expect(await garage.reach('requested')).toBeDefined();
      expect(garage.requestsTo('/webhook')).toEqual([]);
      await garage.call();
      await garage.reach('done');
    },
  );
});

describe('4. a slash at the end of the URL', () => {
  test.each([
    ['with', 'slash-query', /\/in\/[0-9a-f]{32}\/\?id=/],
    ['without', 'query', /\/in\/[0-9a-f]{32}\?id=/],
  ] as const)('%s it the callback arrives', async (_with, form, address) => {
    const garage = await open({ callback: { form } });
    await garage.backUp();
    expect(garage.autoflex.callbacks).toMatchObject([{ status: 200, url: expect.stringMatching(address) }]);
  });
});

describe('5. the method of the callback', () => {
  test.each(['GET', 'POST'] as const)('%s brings the id', async (method) => {
    const garage = await open({ callback: { method } });
    await garage.backUp();
    expect(garage.autoflex.callbacks).toMatchObject([{ method, status: 200 }]);
  });

  test('HEAD gets 200 and changes nothing; the GET after it counts', async () => {
    const garage = await open({ callback: { method: 'HEAD' } });
    await requested(garage);
    await garage.autoflex.settled();
    expect(garage.autoflex.callbacks).toMatchObject([{ method: 'HEAD', status: 200 }]);
    await garage.reach('requested');
    expect(await garage.events()).toEqual([]);
    garage.autoflex.change({ callback: { method: 'GET' } });
    await garage.call();
    await garage.reach('done');
  });
});

describe('6. a call without an id before the real one', () => {
  test('gets 200 "ok", appears in the log only, and changes nothing', async () => {
    const garage = await open(delayed);
    const id = await requested(garage);
    const probe = await fetch(addressOf(garage));
    expect([probe.status, await probe.text()]).toEqual([200, 'ok']);
    await garage.reach('requested');
    expect(await garage.events()).toEqual([]);
    expect(garage.host.lines.filter((line) => line.includes(`${id} was called without an id`))).toHaveLength(1);
  });

  test('and the real one leads to the file', async () => {
    const garage = await open({ callback: { probe: true } });
    await garage.backUp();
    expect(statuses(garage)).toEqual([200, 200]);
    expect(await garage.events()).toHaveLength(1);
  });
});

describe('7. a callback before the response to the request', () => {
  test('counts', async () => {
    const garage = await open({ callback: { beforeAnswer: true } });
    await garage.backUp();
    expect(statuses(garage)).toEqual([200]);
  });
});

describe('8. the same callback again', () => {
  test('gets 200 and is downloaded once, also after the backup is done', async () => {
    const garage = await open({ callback: { times: 3 } });
    await garage.backUp();
    await garage.autoflex.settled();
    await garage.call();
    expect(statuses(garage)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(garage.requestsTo('/webhook')).toHaveLength(1);
    expect(garage.autoflex.transfers).toHaveLength(1);
    expect(await garage.backups()).toHaveLength(1);
    expect(await garage.events()).toMatchObject([{ deliveries: 6 }]);
  });
});

describe('9. different ids on one URL', () => {
  test('are backups of their own, the newest first', async () => {
    const garage = await open({ callback: { ids: 2 } });
    const { id } = await garage.start();
    await until(async () => {
      const backups = await garage.backups();
      return backups.length === 2 && backups.every(({ state }) => state === 'done');
    });
    const [newest, oldest] = await garage.backups();
    expect(oldest?.id).toBe(id);
    expect(newest?.file).not.toBe(oldest?.file);
    const queries = garage.requestsTo('/webhook').map(({ query }) => query);
    expect(queries.toSorted()).toEqual(garage.autoflex.orders[0]?.ids.map((one) => `?id=${one}`).toSorted());
  });

  test('beyond the fifth are put off', async () => {
    const garage = await open({ callback: { ids: 7 }, result: { notYet: 1 } });
    const called = until(() => statuses(garage).length === 7);
    garage.time.onWait = () => called;
    await garage.start();
    await called;
    expect(statuses(garage)).toEqual([200, 200, 200, 200, 200, 503, 503]);
    await until(async () => (await garage.backups()).every(({ state }) => state === 'done'));
    expect(await garage.backups()).toHaveLength(5);
    expect(garage.requestsTo('/webhook')).toHaveLength(10);
  });
});

describe('10. a callback that never arrives', () => {
  test('times the request out after six hours without querying the result, and it can be requested again', async () => {
    const garage = await openGarage({ callback: { ids: 0 } });
    await garage.host.connect();
    const id = await requested(garage);
    garage.time.ahead += 6 * 3600_000;
    garage.host.engine.wake();
    expect(await garage.reach('timed-out')).toMatchObject({
      problem: 'No callback arrived within 6 hours.',
      advice: expect.stringMatching(/request the backup again/),
    });
    expect(garage.requestsTo('/webhook')).toEqual([]);
    garage.autoflex.change({ callback: { ids: 1 } });
    expect((await garage.backUp()).id).not.toBe(id);
  });
});
