import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { updateMessages } from '../../../main/engine/messages/index.ts';
import type { UpdateOffer, UpdateSource } from '../../../main/engine/ports.ts';
import { openUpdates } from '../../../main/engine/updates/index.ts';
import type { UpdateStatus } from '../../../preload/contract/index.ts';
import { silentLog } from '../../support/log.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-03-01T08:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const hour = 3_600_000;

/** A source of versions whose answers a test sets. */
class VersionSource implements UpdateSource {
  mode: UpdateSource['mode'] = 'install';
  forbidden = false;
  readonly page = 'https://ringback.example/releases';
  offer: UpdateOffer | undefined = { version: '0.2.0', notes: 'Faster.' };
  failure: Error | undefined;
  readonly calls: string[] = [];
  async find(channel: string) {
    this.calls.push(`find ${channel}`);
    if (this.failure) throw this.failure;
    return this.offer;
  }
  async download(progress: (percent: number) => void) {
    this.calls.push('download');
    for (const percent of [10.2, 10.7, 100]) progress(percent);
    if (this.failure) throw this.failure;
  }
  discard = () => void this.calls.push('discard');
  restart = () => void this.calls.push('restart');
}

function opened({ source = new VersionSource(), busy = false, enabled = true } = {}) {
  const published: UpdateStatus[] = [];
  const state = { busy, settings: { enabled, channel: 'stable' as 'stable' | 'beta' } };
  const updates = openUpdates({
    source,
    settings: () => state.settings,
    busy: () => state.busy,
    publish: (status) => published.push(status),
    now: Date.now,
    random: () => 0.5,
    log: silentLog,
  });
  onTestFinished(() => updates.close());
  return { updates, source, state, published };
}

test('a newer version is downloaded, and installed only when asked', async () => {
  const { updates, source, published } = opened();
  await updates.check();
  expect(updates.status).toMatchObject({ mode: 'install', state: 'ready', version: '0.2.0', notes: 'Faster.' });
  expect(published.map(({ state, progress }) => [state, progress])).toEqual([
    ['checking', undefined],
    ['available', undefined],
    ['downloading', 0],
    ['downloading', 10],
    ['downloading', 100],
    ['ready', undefined],
  ]);
  expect(source.calls).not.toContain('restart');
  updates.install();
  expect(source.calls.at(-1)).toBe('restart');
});

test('it looks within five minutes of the start and then once a day, not at the same time everywhere', async () => {
  const { source } = opened();
  source.offer = undefined;
  await vi.advanceTimersByTimeAsync(hour / 12);
  expect(source.calls).toEqual(['find stable']);
  await vi.advanceTimersByTimeAsync(24 * hour);
  expect(source.calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(hour);
  expect(source.calls).toHaveLength(2);
});

test('while a backup or job is in progress nothing is downloaded, and afterwards it is', async () => {
  const { updates, source, state } = opened({ busy: true });
  await updates.check();
  expect(updates.status).toMatchObject({ state: 'available', postponed: true });
  updates.wake();
  state.busy = false;
  updates.wake();
  await vi.waitFor(() => expect(updates.status.state).toBe('ready'));
  expect(source.calls.filter((call) => call === 'download')).toHaveLength(1);
});

test('while a backup or job is in progress nothing is installed', async () => {
  const { updates, source, state } = opened();
  await updates.check();
  state.busy = true;
  expect(() => updates.install()).toThrow(updateMessages.busy().text);
  expect(source.calls).not.toContain('restart');
});

test('where a package manager installs, a newer version is only announced', async () => {
  const source = new VersionSource();
  source.mode = 'notify';
  const { updates } = opened({ source });
  await updates.check();
  expect(updates.status).toMatchObject({ mode: 'notify', state: 'available', version: '0.2.0' });
  expect(source.calls).toEqual(['find stable']);
  expect(() => updates.install()).toThrow(updateMessages.notReady().text);
});

test('turned off in the settings nothing is looked for, turned on again it is', async () => {
  const { updates, source, state } = opened({ enabled: false });
  await vi.advanceTimersByTimeAsync(48 * hour);
  expect(source.calls).toEqual([]);
  expect(updates.status).toEqual({ mode: 'off', offBecause: 'settings', state: 'none' });
  state.settings = { enabled: true, channel: 'beta' };
  updates.wake();
  await updates.check();
  expect(source.calls[0]).toBe('find beta');
});

test('a policy of the computer turns updates off', async () => {
  const source = new VersionSource();
  source.forbidden = true;
  const { updates } = opened({ source });
  expect(await updates.check()).toEqual({ mode: 'off', offBecause: 'policy', state: 'none' });
  expect(source.calls).toEqual([]);
});

test('a version that was withdrawn after its download is not installed', async () => {
  const { updates, source } = opened();
  await updates.check();
  source.offer = undefined;
  await updates.check();
  expect(source.calls.at(-1)).toBe('discard');
  expect(updates.status.state).toBe('none');
  expect(() => updates.install()).toThrow(updateMessages.notReady().text);
});

test('a version that is ready is not downloaded again, and stays ready when the list cannot be read', async () => {
  const { updates, source } = opened();
  await updates.check();
  await updates.check();
  source.failure = new RingbackError('offline', updateMessages.feedUnreachable());
  await updates.check();
  expect(source.calls.filter((call) => call === 'download')).toHaveLength(1);
  expect(updates.status).toMatchObject({ state: 'ready', problem: updateMessages.feedUnreachable().text });
});

test('a failed download says why and is tried again at the next check', async () => {
  const { updates, source } = opened();
  source.download = async () => {
    throw new RingbackError('conflict', updateMessages.tampered({ version: '0.2.0' }));
  };
  await updates.check();
  expect(updates.status).toMatchObject({
    state: 'failed',
    version: '0.2.0',
    reason: { code: 'updates.tampered', params: { version: '0.2.0' } },
  });
  source.download = async () => {};
  await updates.check();
  expect(updates.status.state).toBe('ready');
  expect(updates.status.problem).toBeUndefined();
});
