import { expect, test } from 'vitest';
import { openBellHost } from '../../support/bell-host.ts';

test('a filter is tried on the stored events of the names it is for', async () => {
  const passes = (filter: string, body: Uint8Array) =>
    filter === 'unclear' ? undefined : Buffer.from(body).toString().includes(filter);
  const { host, ring } = await openBellHost({ hooks: 2, hookSupport: { passes } });
  for (const name of ['pump.rvt', 'tower.rvt', 'plan.pdf']) await ring({ name });
  await ring({ name: 'other.rvt' }, 1);
  const [first] = await host.ask('connections.list', {});
  const tried = (events: string[], filter: string) =>
    host.ask('hooks.tryFilter', { connection: first?.id ?? '', events, filter });
  expect(await tried(['ring.0'], '.rvt')).toEqual({ stored: 3, judged: 3, passed: 2 });
  expect(await tried(['ring.0', 'ring.1'], '.rvt')).toEqual({ stored: 4, judged: 4, passed: 3 });
  expect(await tried(['ring.9'], '.rvt')).toEqual({ stored: 0, judged: 0, passed: 0 });
  expect(await tried(['ring.0'], 'unclear')).toEqual({ stored: 3, judged: 0, passed: 0 });
});
