import { expect, test } from 'vitest';
import { minute, openJobHost } from '../../support/job-host.ts';
import { until } from '../../support/temporary.ts';

const jobs = 50;

test('of 50 jobs that end while the computer sleeps each has its row, one notification tells them, and each is asked for once', async () => {
  const stand = await openJobHost({ translationCallbacks: 'lost', translationTime: 1 });
  const { aps, host, start, advance, notificationTitles } = stand;
  const names = Array.from({ length: jobs }, (_, index) => (index < 3 ? `broken-${index}.ipt` : `part-${index}.ipt`));
  for (const name of names) await start(name);
  await until(async () => aps.requests.filter(({ path }) => path.endsWith('/job')).length === jobs);
  const before = aps.requests.length;
  advance(8 * 60 * minute);
  host.engine.wake();
  await until(() => notificationTitles().length > 0);
  const rows = await host.ask('jobs.list', {});
  expect(rows.filter(({ endedAt, recovered }) => endedAt && recovered)).toHaveLength(jobs);
  expect(host.notes).toMatchObject([
    { title: 'While you were away', body: '47 translations finished, 3 translations failed' },
  ]);
  const looks = aps.requests.slice(before).filter(({ path }) => path.endsWith('/manifest'));
  expect(looks).toHaveLength(jobs);
  const history = await until(async () => {
    const entries = await host.ask('recovery.history', {});
    return entries.length > 0 ? entries : undefined;
  });
  expect(history).toMatchObject([{ found: jobs }]);
});
