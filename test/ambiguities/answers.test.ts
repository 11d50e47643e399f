import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AutoflexOptions } from '../../main/sandbox/autoflex/index.ts';
import { delayed, type Garage, openGarage, restart, shareEngine } from '../support/autoflex-host.ts';
import { until } from '../support/temporary.ts';

const open = shareEngine();

/** What the documentation of Autoflex10 leaves open about its responses, one question each. */

async function requested(garage: Garage): Promise<void> {
  await garage.start();
  await garage.reach('requested');
}

const statusesAt = (garage: Garage, path: string) => garage.requestsTo(path).map(({ status }) => status);
const second = 1000;
const minute = 60 * second;

describe('11. a request with a response other than 202', () => {
  test.each([
    [200, 202],
    [200, null],
    [201, null],
    [204, null],
    [202, '202'],
  ])('%s with successCode %s is accepted', async (status, successCode) => {
    const garage = await open({ order: { status, successCode } });
    await garage.backUp();
    expect(statusesAt(garage, '/backup/owner')).toEqual([status]);
  });

  test('that contains the link needs no callback', async () => {
    const garage = await open({ order: { status: 200, atOnce: true } });
    await garage.backUp();
    expect([garage.autoflex.callbacks, garage.requestsTo('/webhook')]).toEqual([[], []]);
  });
});

describe('12. success by HTTP status and failure by successCode', () => {
  test.each([500, '409', 400])('%s is a failure', async (successCode) => {
    const garage = await open({ order: { status: 200, successCode } });
    expect((await garage.fail()).problem).toContain(`(successCode ${successCode}): The backup cannot be made now.`);
  });

  test.each([
    { message: 'A backup is running.' },
    { error: 'A backup is running.' },
    { errorMessage: 'A backup is running.' },
    { data: { message: 'A backup is running.' } },
  ])('the text in %j is shown', async (body) => {
    const garage = await open();
    garage.autoflex.addFault({ path: '/backup/owner', status: 202, body: { successCode: 503, ...body } });
    expect((await garage.fail()).problem).toContain(': A backup is running.');
  });
});

describe('13. 202 with a retry time, on any call', () => {
  test.each<[string, string, AutoflexOptions, number]>([
    ['the sign-in', '/authenticate', { signIn: { notReady: 2, retry: 7 * second } }, 7 * second],
    ['the order', '/backup/owner', { order: { notReady: 2 } }, second],
    ['the result', '/webhook', { result: { notYet: 2, notYetAs: 'retry', retry: 3 * second } }, 3 * second],
  ])('%s is requested again after that time', async (_what, path, change, wait) => {
    const garage = await open();
    garage.autoflex.expireTokens();
    garage.autoflex.change(change);
    await garage.backUp();
    expect(garage.time.waits).toEqual([wait, wait]);
    expect(statusesAt(garage, path).slice(-3)).toEqual([202, 202, path === '/backup/owner' ? 202 : 200]);
  });

  test('so are the file, and the harmless call that checks a connection', async () => {
    const garage = await open();
    garage.autoflex.addFault({ path: '/util/list', status: 202, body: { retry: 4000 }, times: 2 });
    garage.autoflex.addFault({ path: '/files', status: 202, body: { retry: 2000 }, times: 2 });
    await garage.host.ask('connections.check', { id: garage.connection });
    await garage.backUp();
    expect(garage.time.waits).toEqual([4000, 4000, 2000, 2000]);
  });

  test.each(['signIn', 'order'] as const)('without end is a failure after five retries (%s)', async (call) => {
    const garage = await open();
    garage.autoflex.expireTokens();
    garage.autoflex.change({ [call]: { notReady: 99 } });
    expect((await garage.fail()).problem).toContain('still not ready');
    expect(garage.time.waits).toHaveLength(5);
  });
});

describe('14. an unknown result', () => {
  test.each(['404', '400', '410', 'null', 'successCode'] as const)(
    'reported as %s is requested again',
    async (notYetAs) => {
      const garage = await open({ result: { notYet: 3, notYetAs } });
      await garage.backUp();
      expect(garage.time.waits).toEqual([2 * second, 5 * second, 15 * second]);
    },
  );

  test.each(['404', '400', '410', 'successCode'] as const)(
    "told as %s for ever fails after five looks more, in the server's words",
    async (notYetAs) => {
      const garage = await open({ result: { notYet: 99, notYetAs } });
      expect((await garage.fail()).problem).toContain('The result is not ready.');
      expect(garage.time.waits).toEqual([2 * second, 5 * second, 15 * second, 30 * second, minute]);
    },
  );
});

describe('15. a result that is still in progress', () => {
  test.each(['202', 'retry', 'empty'] as const)('reported as %s is requested again', async (notYetAs) => {
    const garage = await open({ result: { notYet: 8, notYetAs } });
    await garage.backUp();
    expect(garage.requestsTo('/webhook')).toHaveLength(9);
  });

  test.each(['202', 'retry', 'empty'] as const)('reported as %s for ever fails after ten minutes', async (notYetAs) => {
    const garage = await open({ result: { notYet: 999, notYetAs, retry: 20 * second } });
    expect((await garage.fail()).problem).toContain('still working after ten minutes');
    const waited = garage.time.waits.reduce((sum, one) => sum + one, 0);
    expect(waited).toBeGreaterThanOrEqual(10 * minute);
    expect(waited).toBeLessThan(12 * minute);
  });
});

describe('16. a result that is returned only once', () => {
  test('is stored before the download, encrypted, and not requested again after a restart', async () => {
    const first = await openGarage({ result: { once: true }, download: { holdAt: 100_000 } });
    await first.host.connect();
    await first.start();
    await until(async () => ((await first.reach('downloading')).bytes ?? 0) > 0);
    const second = await restart(first);
    const [signature = ''] = second
      .requestsTo('/files')
      .map(({ query }) => new URLSearchParams(query).get('signature') ?? '');
    expect(signature).not.toBe('');
    expect(await filesWith(second.host.folder, signature)).toEqual([]);
    second.autoflex.change({ download: { holdAt: null } });
    await second.reach('done');
    expect(second.requestsTo('/webhook')).toHaveLength(1);
  });
});

describe('17. a token that expires meanwhile', () => {
  test('before the request, or before the callback, is renewed once and the call repeated', async () => {
    const garage = await open(delayed);
    await garage.host.ask('connections.check', { id: garage.connection });
    garage.autoflex.expireTokens();
    await requested(garage);
    expect(statusesAt(garage, '/backup/owner')).toEqual([401, 202]);
    garage.autoflex.expireTokens();
    await garage.call();
    await garage.reach('done');
    expect(statusesAt(garage, '/webhook')).toEqual([401, 200]);
  });

  test('during the download is renewed, and the download resumes', async () => {
    const garage = await open({ download: { withoutToken: '401', cutAt: [150_000] } });
    garage.time.onWait = () => garage.autoflex.expireTokens();
    await garage.backUp();
    const tokens = garage.requestsTo('/files').map(({ headers }) => headers.token);
    expect(statusesAt(garage, '/files')).toEqual([401, undefined, 401, 206]);
    expect([tokens[0], tokens[1] === tokens[2], tokens[2] === tokens[3]]).toEqual([undefined, true, false]);
  });

  test.each([401, 403])('and is rejected (%s) again after that is a failure', async (status) => {
    const garage = await open();
    garage.autoflex.addFault({ path: '/backup/owner', status, body: { message: 'Not for this user.' } });
    expect((await garage.fail()).problem).toContain('Not for this user.');
    expect(statusesAt(garage, '/backup/owner')).toEqual([status, status]);
  });
});

describe('18. a result that belongs to the token of the request', () => {
  test('is not requested with a new one while the old one is valid', async () => {
    const garage = await open({ result: { boundToToken: true } });
    await garage.backUp();
    const [ordered, looked] = ['/backup/owner', '/webhook'].map((path) => garage.requestsTo(path)[0]?.headers.token);
    expect(looked).toBe(ordered);
  });

  test('is requested with a new one where the old one expired, and the rejection is shown', async () => {
    const garage = await open({ ...delayed, result: { boundToToken: true } });
    await requested(garage);
    garage.autoflex.expireTokens();
    await garage.call();
    expect((await garage.reach('failed')).problem).toContain('The result belongs to another token.');
    expect(statusesAt(garage, '/webhook')).toEqual([401, 403]);
  });
});

describe('19. the place of the link', () => {
  test.each(['data.url', 'data', 'url', 'data[].url', 'data.urls', 'download_url', 'link', 'href'] as const)(
    'in %s it is found',
    async (shape) => {
      const garage = await open({ result: { shape } });
      await garage.backUp();
    },
  );

  test.each(['data[].url', 'data.urls'] as const)('several in %s are all downloaded', async (shape) => {
    const garage = await open({ result: { shape, files: 3 } });
    expect((await garage.backUp()).files).toHaveLength(3);
  });

  test('nowhere: the response is shown unchanged', async () => {
    const garage = await open({ result: { payload: { rows: [1, 2], note: 'ready' } } });
    await garage.start();
    const { result = '', file, problem } = await garage.reach('failed');
    expect(problem).toBe('The provider sent no file, but this: {"rows":[1,2],"note":"ready"}');
    expect([JSON.parse(result), file]).toEqual([{ rows: [1, 2], note: 'ready' }, undefined]);
  });
});

describe('20. how the response is wrapped', () => {
  test.each(['json', 'text/plain', 'string', 'bom'] as const)('as %s it is understood', async (wrapping) => {
    const garage = await open({ result: { wrapping } });
    await garage.backUp();
  });

  test('as the bare link it is understood', async () => {
    const garage = await open({ result: { shape: 'text' } });
    await garage.backUp();
  });
});

/** The files below the folder that contain the text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const));
  return contents.filter(([, content]) => content.includes(text)).map(([path]) => path);
}
