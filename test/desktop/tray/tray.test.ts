import { EventEmitter } from 'node:events';
import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTray, trayFile } from '../../../main/desktop/tray/tray.ts';
import type { Change, EventView, Settings } from '../../../preload/contract/index.ts';
import { account, backupRow, eventRow, jobRow, settings, status } from '../records.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

class Icon extends EventEmitter {
  picture: unknown;
  rows: MenuItemConstructorOptions[] = [];
  painted = 0;
  destroyed = false;
  setImage(picture: unknown) {
    this.picture = picture;
  }
  tip = '';
  setToolTip(tip: string) {
    this.tip = tip;
  }
  setContextMenu(menu: unknown) {
    this.rows = menu as MenuItemConstructorOptions[];
    this.painted += 1;
  }
  destroy() {
    this.destroyed = true;
  }
  labels() {
    return this.rows.map(({ label }) => label ?? '');
  }
}

async function opened(events: readonly EventView[] = [], first: Settings = settings({}), host = { present: true }) {
  const icon = new Icon();
  const asked: unknown[] = [];
  const done: unknown[] = [];
  const listeners = new Set<(change: Change) => void>();
  const known: Record<string, unknown> = {
    'status.get': status({}),
    'settings.get': first,
    'events.list': { events },
    'backups.accounts': [account('1', 'Garage')],
    'jobs.list': [],
    'updates.status': { mode: 'install', state: 'none' },
  };
  let created = 0;
  const tray = await openTray({
    hasHost: async () => host.present,
    create(picture) {
      created += 1;
      icon.destroyed = false;
      icon.setImage(picture);
      return icon as unknown as Tray;
    },
    picture: (state) => state as unknown as NativeImage,
    menu: (rows) => rows as unknown as Menu,
    engine: {
      async ask(method, input) {
        asked.push([method, input]);
        return { ok: true, value: known[method] };
      },
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    actions: {
      open: (event) => done.push(['open', event]),
      openJob: (job) => done.push(['open job', job]),
      openUpdates: () => done.push(['open updates']),
      saveSupportFile: () => done.push(['save support file']),
      backUp: (connection) => done.push(['back up', connection]),
      quit: () => done.push(['quit']),
    },
    opensOnClick: true,
    now: () => Date.now(),
  });
  const tell = (change: Change) => {
    for (const listener of listeners) listener(change);
  };
  return { tray, icon, asked, done, tell, listeners, known, created: () => created };
}

test('the tray begins with what the engine knows', async () => {
  const { icon } = await opened([eventRow('1', 'Translation finished')]);
  expect(icon.picture).toBe('off');
  expect(icon.labels().some((label) => label.includes('Translation finished'))).toBe(true);
});

test('the picture follows the tunnel', async () => {
  const { icon, tell } = await opened();
  tell({ type: 'status', status: status({ tunnel: { provider: 'fixed', state: 'up' } }) });
  await vi.advanceTimersByTimeAsync(300);
  expect(icon.picture).toBe('up');
});

test('a flood of events is painted a few times only, and the latest five are listed', async () => {
  const { icon, tell } = await opened();
  for (let id = 1; id <= 1000; id += 1) tell({ type: 'event', event: eventRow(String(id), `Event ${id}.`) });
  await vi.advanceTimersByTimeAsync(300);
  expect(icon.painted).toBe(2);
  const listed = icon.labels().filter((label) => label.includes('Event'));
  expect(listed.map((label) => label.match(/Event (\d+)/)?.[1])).toEqual(['1000', '999', '998', '997', '996']);
});

test('a repeated delivery does not list its event twice', async () => {
  const { icon, tell } = await opened([eventRow('2', 'Second'), eventRow('1', 'First')]);
  tell({ type: 'event', event: { ...eventRow('1', 'First'), deliveries: 2 } });
  await vi.advanceTimersByTimeAsync(300);
  expect(icon.labels().filter((label) => /First|Second/.test(label))).toHaveLength(2);
});

test('pausing from the tray sets the time in the settings', async () => {
  const { icon, asked } = await opened();
  icon.rows.find(({ label }) => label?.startsWith('Pause'))?.click?.({} as never, undefined, {} as never);
  expect(asked.at(-1)).toEqual(['settings.set', { notifications: { pausedUntil: '1970-01-01T01:00:00.000Z' } }]);
});

test('when a pause is over the menu offers a pause again', async () => {
  const paused = settings({ notifications: { enabled: true, pausedUntil: new Date(60_000).toISOString() } });
  const { icon } = await opened([], paused);
  expect(icon.labels().some((label) => label.startsWith('Resume'))).toBe(true);
  await vi.advanceTimersByTimeAsync(60_001);
  expect(icon.labels().some((label) => label.startsWith('Pause'))).toBe(true);
});

test('the tip shows how far a backup is, and the menu that it is in progress, until it is done', async () => {
  const { icon, tell, known } = await opened();
  tell({ type: 'backup', backup: backupRow({ state: 'downloading', bytes: 450_000_000, total: 1_000_000_000 }) });
  await vi.advanceTimersByTimeAsync(300);
  expect(icon.tip).toContain('Garage: downloading the backup, 45% of 1 GB');
  expect(JSON.stringify(icon.rows)).toContain('Garage (in progress)');
  tell({ type: 'backup', backup: backupRow({ state: 'done' }) });
  await vi.advanceTimersByTimeAsync(300);
  expect(icon.tip).not.toContain('Garage');
  known['backups.accounts'] = [account('1', 'Garage'), account('2', 'Workshop')];
  tell({ type: 'backups' });
  await vi.advanceTimersByTimeAsync(300);
  expect(JSON.stringify(icon.rows)).toContain('Workshop');
});

test('a backup verified today was verified yesterday after midnight', async () => {
  const { icon, tell, known } = await opened();
  const lastProven = { id: 'b', at: new Date(0).toISOString(), bytes: 1_800_000_000, file: '/b' };
  known['backups.accounts'] = [{ ...account('1', 'Garage'), lastProven }];
  tell({ type: 'backups' });
  await vi.advanceTimersByTimeAsync(300);
  expect([icon.tip, ...icon.labels()]).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Last verified backup: today .*, 1\.8 GB$/)]),
  );
  await vi.advanceTimersByTimeAsync(new Date(0).setHours(24, 0, 0, 0));
  expect(icon.tip).toContain('Last verified backup: yesterday');
});

test('a click on the icon opens the window', async () => {
  const { icon, done } = await opened();
  icon.emit('click');
  expect(done).toEqual([['open', undefined]]);
});

test('an event of the same text and minute as the one before gets a menu of its own', async () => {
  const { icon, tell, done } = await opened([eventRow('1', 'Same title')]);
  tell({ type: 'event', event: eventRow('2', 'Same title') });
  await vi.advanceTimersByTimeAsync(300);
  icon.rows.find(({ label }) => label?.includes('Same title'))?.click?.({} as never, undefined, {} as never);
  expect(done).toEqual([['open', '2']]);
});

test('a pause begins when it is chosen, however old the menu is', async () => {
  const { icon, asked } = await opened();
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  icon.rows.find(({ label }) => label?.startsWith('Pause'))?.click?.({} as never, undefined, {} as never);
  expect(asked.at(-1)).toEqual(['settings.set', { notifications: { pausedUntil: '1970-01-01T01:30:00.000Z' } }]);
});

test('an open menu is left alone while its rows stay the same', async () => {
  const { icon, tell } = await opened();
  const painted = icon.painted;
  for (let percent = 1; percent < 20; percent += 1) {
    const progress = { state: 'downloading', bytes: percent * 10_000_000, total: 1_000_000_000 } as const;
    tell({ type: 'backup', backup: backupRow(progress) });
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(icon.painted - painted).toBe(1);
});

test('the icon waits for something that shows icons, and is created again when that comes back', async () => {
  const host = { present: false };
  const { tray, icon, tell, created } = await opened([], settings({}), host);
  expect([created(), tray.visible]).toEqual([0, false]);
  tell({ type: 'status', status: status({ tunnel: { provider: 'fixed', state: 'up' } }) });
  host.present = true;
  await vi.advanceTimersByTimeAsync(15_000);
  expect([created(), tray.visible, icon.picture]).toEqual([1, true, 'up']);
  expect(icon.labels()).toContain('Quit Ringback');
  host.present = false;
  await vi.advanceTimersByTimeAsync(15_000);
  expect([tray.visible, icon.destroyed]).toEqual([false, true]);
  host.present = true;
  await vi.advanceTimersByTimeAsync(15_000);
  expect([created(), tray.visible]).toEqual([2, true]);
});

test('after closing no timer, listener or icon is left', async () => {
  const { tray, icon, tell, listeners } = await opened();
  tell({ type: 'status', status: status({}) });
  tray.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(listeners.size).toBe(0);
  expect(icon.destroyed).toBe(true);
});

test('macOS gets template pictures, Windows small ones, Linux large ones', () => {
  expect(trayFile('up', 'darwin')).toBe('upTemplate.png');
  expect(trayFile('down', 'win32')).toBe('down.png');
  expect(trayFile('problem', 'linux')).toBe('problem-large.png');
});

test('the tip counts the jobs in progress', async () => {
  const { icon, tell } = await opened();
  const job = { id: 'j', connection: 'c', kind: 'translation', urn: 'u', name: 'pump.ipt', by: 'user' } as const;
  const at = new Date(0).toISOString();
  const running = { ...job, state: 'running', overdue: false, createdAt: at, updatedAt: at } as const;
  tell({ type: 'job', job: running });
  await vi.advanceTimersByTimeAsync(300);
  expect(icon.tip).toContain('1 job in progress');
  tell({ type: 'job', job: { ...running, state: 'success', endedAt: at } });
  await vi.advanceTimersByTimeAsync(300);
  expect(icon.tip).not.toContain('in progress');
});

test('the menu lists the five latest jobs, and keeps its rows while they only make progress', async () => {
  const { icon, tell } = await opened();
  for (let index = 1; index <= 6; index += 1)
    tell({
      type: 'job',
      job: jobRow({ id: `${index}`, name: `${index}.ipt`, createdAt: `2026-01-0${index}T00:00:00.000Z` }),
    });
  await vi.advanceTimersByTimeAsync(300);
  const listed = () => icon.labels().filter((label) => label.includes('.ipt'));
  expect(listed()).toEqual([6, 5, 4, 3, 2].map((index) => `${index}.ipt: finished`));
  const painted = icon.painted;
  const latest = { id: '6', name: '6.ipt', createdAt: '2026-01-06T00:00:00.000Z' };
  for (const progress of [10, 20]) tell({ type: 'job', job: jobRow({ ...latest, state: 'running', progress }) });
  await vi.advanceTimersByTimeAsync(300);
  expect(listed()[0]).toBe('6.ipt: in progress');
  expect(icon.painted - painted).toBe(1);
});
