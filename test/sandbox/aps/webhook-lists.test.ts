import { expect, test } from 'vitest';
import { type Answer, type Caller, openCaller } from '../caller.ts';
import { added, base, callbackUrl, idsOf, pageOf, plain } from '../hooks.ts';

test('an empty list is 204 without a body', async () => {
  const { call } = await openCaller();
  for (const list of ['/hooks', '/systems/data/hooks', '/systems/data/events/dm.version.added/hooks']) {
    const answer = await call('GET', base + list);
    expect([list, answer.status, answer.text]).toEqual([list, 204, '']);
  }
  expect((await call('GET', `${base}/app/hooks`)).json()).toEqual({ links: { next: null }, data: [] });
});

async function createSome({ createHook }: Caller, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await createHook('data', 'dm.version.added', { ...plain, callbackUrl: `${callbackUrl}/${index}` }));
  }
  return ids;
}

test.each(['/hooks', '/systems/data/hooks', '/systems/data/events/dm.version.added/hooks', '/app/hooks'])(
  'the list %s comes in pages, the next one named by a relative path',
  async (list) => {
    const caller = await openCaller({ pageSize: 2 });
    const created = await createSome(caller, 5);
    const seen: unknown[] = [];
    for (let next: string | null = list; next; ) {
      const answer: Answer = await caller.call('GET', base + next);
      seen.push(...idsOf(answer));
      ({ next } = pageOf(answer).links);
      if (next) expect(next.startsWith(`${list}?pageState=`)).toBe(true);
    }
    expect(seen.toSorted()).toEqual(created.toSorted());
  },
);

test('a page holds 200 hooks', async () => {
  const caller = await openCaller();
  await createSome(caller, 201);
  const first = await caller.call('GET', `${base}/hooks`);
  expect(pageOf(first).data).toHaveLength(200);
  expect(pageOf(await caller.call('GET', base + pageOf(first).links.next)).data).toHaveLength(1);
});

test('a made-up cursor is refused', async () => {
  const caller = await openCaller();
  await createSome(caller, 1);
  expect((await caller.call('GET', `${base}/hooks?pageState=abc`)).status).toBe(400);
});

test('lists can be narrowed by status and scope', async () => {
  const { call, createHook } = await openCaller();
  const other = 'urn:adsk.wipprod:fs.folder:co.ExampleOtherFolder0001';
  const paused = await createHook('data', 'dm.version.added', plain);
  const running = await createHook('data', 'dm.version.added', { ...plain, scope: { folder: other } });
  await call('PATCH', added(paused), { status: 'inactive' });
  expect(idsOf(await call('GET', `${base}/hooks?status=inactive`))).toEqual([paused]);
  expect(idsOf(await call('GET', `${base}/systems/data/hooks?status=active`))).toEqual([running]);
  expect((await call('GET', `${base}/hooks?status=reactivated`)).status).toBe(204);
  expect((await call('GET', `${base}/hooks?status=asleep`)).status).toBe(400);
  const byScope = `${added()}?scopeName=folder&scopeValue=${encodeURIComponent(other)}`;
  expect(idsOf(await call('GET', byScope))).toEqual([running]);
  expect((await call('GET', `${added()}?scopeName=project`)).status).toBe(204);
});

test('the list of the application is sorted by the last change, newest first unless asked otherwise', async () => {
  let now = 1_700_000_000_000;
  const { call, createHook } = await openCaller({ now: () => (now += 1000) });
  const first = await createHook('data', 'dm.version.added', plain);
  const second = await createHook('data', 'dm.version.deleted', plain);
  expect(idsOf(await call('GET', `${base}/app/hooks`))).toEqual([second, first]);
  await call('PATCH', added(first), { status: 'inactive' });
  expect(idsOf(await call('GET', `${base}/app/hooks`))).toEqual([first, second]);
  expect(idsOf(await call('GET', `${base}/app/hooks?sort=asc`))).toEqual([second, first]);
});
