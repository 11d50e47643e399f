import { expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

async function openWithHook(deletes = true) {
  const bell = createBell();
  let forgotten = 0;
  const forget = (): void => {
    forgotten += 1;
  };
  const host = await openTestHost({ connectors: [bell.connector], ports: deletes ? { forget } : {} });
  await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    connector: 'bell',
    name: 'My house',
    settings: { account: 'me', address: 'https://example.org' },
    secrets: { password: 'correct' },
  });
  await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  return { bell, host, forgotten: () => forgotten };
}

test('what would be removed is known before', async () => {
  const { host } = await openWithHook();
  const { folder } = await host.ask('backups.place', {});
  expect(await host.ask('leave.preview', {})).toEqual({
    hooks: 1,
    folder: host.folder,
    backups: folder,
    possible: true,
  });
});

test('the hooks are deleted at their provider, then the host deletes its data', async () => {
  const { bell, host, forgotten } = await openWithHook();
  await host.ask('leave.remove', { keepHooks: false });
  expect(bell.hooks.size).toBe(0);
  expect(forgotten()).toBe(1);
});

test('a hook that cannot be deleted stops the removal, unless hooks are to stay', async () => {
  const { bell, host, forgotten } = await openWithHook();
  bell.failure = new RingbackError('offline', 'Bell does not answer.');
  await expect(host.ask('leave.remove', { keepHooks: false })).rejects.toThrow(/My house.*Bell does not answer/);
  expect(forgotten()).toBe(0);
  await host.ask('leave.remove', { keepHooks: true });
  expect(bell.hooks.size).toBe(1);
  expect(forgotten()).toBe(1);
});

test('a host that cannot delete its data names the folder, and leaves the hooks', async () => {
  const { bell, host } = await openWithHook(false);
  expect((await host.ask('leave.preview', {})).possible).toBe(false);
  await expect(host.ask('leave.remove', { keepHooks: false })).rejects.toThrow(host.folder);
  expect(bell.hooks.size).toBe(1);
});
