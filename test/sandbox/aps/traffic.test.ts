import { expect, test } from 'vitest';
import { openCaller } from '../caller.ts';
import { added, base, plain } from '../hooks.ts';

test('the quota answer and other faults can be put in between, for a number of requests', async () => {
  const { call, aps, createHook } = await openCaller();
  aps.addFault({ path: '/hooks', status: 429, retryAfter: 25, times: 1 });
  const limited = await call('GET', `${base}/hooks`);
  expect([limited.status, limited.headers.get('retry-after'), limited.json()]).toEqual([
    429,
    '25',
    { developerMessage: 'Quota limit exceeded.' },
  ]);
  expect((await call('GET', `${base}/hooks`)).status).toBe(204);

  const takeBack = aps.addFault({ method: 'GET', status: 502, body: '<html>Bad gateway</html>' });
  expect((await call('GET', `${base}/hooks`)).text).toBe('<html>Bad gateway</html>');
  expect((await call('GET', `${base}/hooks`)).status).toBe(502);
  takeBack();
  await createHook('data', 'dm.version.deleted', plain);

  aps.addFault({ method: 'POST', cut: 'after', times: 1 });
  await expect(call('POST', added(), plain)).rejects.toThrow();
  expect((await call('POST', added(), plain)).status).toBe(409);
});

test('every request is recorded with its answer', async () => {
  const { call, aps } = await openCaller();
  await call('POST', `${added()}?region=EMEA`, plain);
  expect(aps.requests).toEqual([
    {
      at: expect.any(Number),
      method: 'POST',
      path: added(),
      query: '?region=EMEA',
      headers: expect.objectContaining({ 'content-type': 'application/json' }),
      body: JSON.stringify(plain),
      status: 201,
    },
  ]);
});
