import { expect, test } from 'vitest';
import type { HostNotification } from '../../../main/engine/ports.ts';
import { openBellHost } from '../../support/bell-host.ts';
import { until } from '../../support/temporary.ts';

const unseenOf = (changes: readonly { readonly type: string }[]) =>
  changes.findLast((change) => change.type === 'notifications');

test('a notification is unseen until it was seen, and each change says how many are', async () => {
  const { host, ring } = await openBellHost();
  for (const title of ['a', 'b', 'c']) await ring({ title });
  await until(async () => (await host.ask('status.get', {})).unseen === 3);
  const [latest] = await host.ask('notifications.list', { unseen: true });
  expect(latest).toMatchObject({ title: 'c', unseen: true });
  await host.ask('notifications.seen', { ids: [latest?.id ?? ''] });
  expect(unseenOf(host.changes)).toEqual({ type: 'notifications', unseen: 2 });
  const titles = (await host.ask('notifications.list', { unseen: true })).map(({ title }) => title);
  expect(titles).toEqual(['b', 'a']);
  await host.ask('notifications.seen', { all: true });
  expect((await host.ask('status.get', {})).unseen).toBe(0);
  expect(await host.ask('notifications.list', {})).toHaveLength(3);
});

test('an entry says how what it reports ended', async () => {
  const { host, ring } = await openBellHost();
  await ring({ title: 'done', outcome: 'success' });
  await ring({ title: 'broken', outcome: 'failed' });
  await ring({ title: 'changed', outcome: 'info' });
  await until(async () => (await host.ask('notifications.list', {})).length === 3);
  const entries = await host.ask('notifications.list', {});
  expect(new Map(entries.map(({ title, outcome }) => [title, outcome]))).toEqual(
    new Map([
      ['done', 'success'],
      ['broken', 'failed'],
      ['changed', 'info'],
    ]),
  );
});

/** A host that shows nothing before it is opened, but for what is called "shown". */
function stubbornHost() {
  const shown: string[] = [];
  let rejections = 0;
  let isOpen = false;
  const notify = async ({ title }: HostNotification): Promise<void> => {
    if (isOpen || title === 'shown') return void shown.push(title);
    rejections += 1;
    throw new Error('the session is locked');
  };
  const open = (): void => {
    isOpen = true;
  };
  return { shown, open, rejections: () => rejections, ports: { notify } };
}

test('what the system does not show stays unseen and is shown later, once', async () => {
  const system = stubbornHost();
  const { host, ring } = await openBellHost({ ports: system.ports, retryDelay: 50 });
  await ring({ title: 'refused' });
  await until(() => system.rejections() >= 2);
  expect(await host.ask('notifications.list', { unseen: true })).toMatchObject([{ title: 'refused', unseen: true }]);
  system.open();
  await until(() => system.shown.length > 0);
  await ring({ title: 'shown' });
  await until(() => system.shown.includes('shown'));
  expect(system.shown).toEqual(['refused', 'shown']);
});

test('what the system did not show is retried after the next one that it shows', async () => {
  const system = stubbornHost();
  const { ring } = await openBellHost({ ports: system.ports, retryDelay: 600_000 });
  await ring({ title: 'refused' });
  await until(() => system.rejections() === 1);
  system.open();
  await ring({ title: 'shown' });
  await until(() => system.shown.length === 2);
  expect(system.shown).toEqual(['shown', 'refused']);
});
