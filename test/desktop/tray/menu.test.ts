import type { MenuItem, MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import {
  type TrayContent,
  trayHeadlines,
  trayLine,
  trayMenu,
  trayState,
  trayTip,
} from '../../../main/desktop/tray/menu.ts';
import { account, backupRow, eventRow, jobRow, status } from '../records.ts';

const now = new Date(2026, 0, 2, 12).getTime();

function opened(content: Partial<TrayContent> = {}) {
  const done: unknown[] = [];
  const rows = trayMenu(
    { status: status({}), notifications: { enabled: true, pausedUntil: null }, events: [], accounts: [], ...content },
    {
      open: (event) => done.push(['open', event]),
      openJob: (job) => done.push(['open job', job]),
      openUpdates: () => done.push(['open updates']),
      saveSupportFile: () => done.push(['save support file']),
      backUp: (connection) => done.push(['back up', connection]),
      pause: (duration) => done.push(['pause', duration]),
      quit: () => done.push(['quit']),
    },
    now,
  );
  const click = (part: string) => {
    const row = rows.find(({ label }) => label?.includes(part));
    row?.click?.({} as MenuItem, undefined, {} as never);
    return done;
  };
  return { rows, labels: rows.map(({ label }) => label), click };
}

test.each([
  ['up', { tunnel: { provider: 'fixed', state: 'up' } }, 'Ready'],
  ['down', { tunnel: { provider: 'fixed', state: 'connecting' } }, 'Connecting'],
  ['down', { tunnel: { provider: 'fixed', state: 'down', problem: 'The host is silent.' } }, 'The host is silent.'],
  ['off', { tunnel: { provider: 'off', state: 'off' } }, 'No tunnel'],
  ['problem', { receiver: { port: 0, problem: 'Port 80 is in use.' } }, 'Port 80 is in use.'],
  ['problem', { warnings: [{ at: '', message: 'The disk is full.' }] }, 'The disk is full.'],
] as const)('the state is "%s" for %o and is said in words', (state, part, words) => {
  const content = status(part as Parameters<typeof status>[0]);
  expect(trayState(content)).toBe(state);
  expect(trayLine(content)).toContain(words);
  expect(opened({ status: content }).rows[0]).toMatchObject({ enabled: false, label: expect.stringContaining(words) });
});

test('the last verified backup stands in menu and tip, for one account and for several', () => {
  const at = (days: number) => new Date(2026, 0, 2 - days, 3, 12).toISOString();
  const verified = (days: number) => ({ id: 'b', at: at(days), bytes: 1_800_000_000, file: '/b' });
  const clock = new Date(at(0)).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const garage = { ...account('1', 'Garage'), lastProven: verified(0) };
  const one = opened({ accounts: [garage] });
  const line = `Last verified backup: today ${clock}, 1.8 GB`;
  expect(one.rows[1]).toEqual({ label: line, enabled: false });
  const content = { status: status({}), notifications: { enabled: true, pausedUntil: null }, events: [] };
  expect(trayTip({ ...content, accounts: [garage] }, now)).toContain(line);
  expect(trayTip({ ...content, accounts: [garage], jobs: 2 }, now)).toContain('2 jobs in progress');
  const others = [
    { ...account('2', 'Workshop'), lastProven: verified(1) },
    { ...account('3', 'Depot'), lastProven: verified(9), overdue: true },
    account('4', 'Hall'),
  ];
  const date = new Date(at(9)).toLocaleDateString(undefined, { dateStyle: 'medium' });
  expect(trayHeadlines([garage, ...others], now)).toEqual([
    `Garage: last verified backup today ${clock}, 1.8 GB`,
    `Workshop: last verified backup yesterday ${clock}, 1.8 GB`,
    `Depot: last verified backup ${date} ${clock}, 1.8 GB (overdue)`,
    'Hall: no verified backup yet',
  ]);
});

test('an event of the menu opens that event', () => {
  const { click } = opened({ events: [eventRow('1', 'First'), eventRow('2', 'Second')] });
  expect(click('Second')).toEqual([['open', '2']]);
});

test('titles keep their "&" and are cut where they are very long', () => {
  const { labels } = opened({ events: [eventRow('1', `Nuts & Bolts ${'x'.repeat(200)}`)] });
  const label = labels.find((text) => text?.includes('Nuts'));
  expect(label).toContain('Nuts && Bolts');
  expect(label?.length).toBeLessThan(80);
});

test('without events the menu says so', () => {
  expect(opened().labels).toContain('No events yet');
});

test('notifications are paused for an hour from now', () => {
  expect(opened().click('Pause')).toEqual([['pause', 3_600_000]]);
});

test('paused notifications can be resumed, and a pause that is over is none', () => {
  const until = (time: number) => ({ enabled: true, pausedUntil: new Date(time).toISOString() });
  expect(opened({ notifications: until(now + 1) }).click('Resume')).toEqual([['pause', null]]);
  expect(opened({ notifications: until(now - 1) }).click('Pause')).toEqual([['pause', 3_600_000]]);
});

test('the window can be opened and Ringback be quit', () => {
  const { click } = opened();
  click('Open Ringback');
  expect(click('Quit')).toEqual([['open', undefined], ['quit']]);
});

test('each account can be backed up from the menu, unless that is in progress', () => {
  const accounts = [account('1', 'Garage'), { ...account('2', 'Workshop'), running: backupRow({ connection: '2' }) }];
  const { rows, click } = opened({ accounts });
  const submenu = rows.find(({ label }) => label === 'Back up now')?.submenu as MenuItemConstructorOptions[];
  expect(submenu.map(({ label, enabled }) => [label, enabled])).toEqual([
    ['Garage', true],
    ['Workshop (in progress)', false],
  ]);
  submenu[0]?.click?.({} as MenuItem, undefined, {} as never);
  expect(click('nothing')).toEqual([['back up', '1']]);
  expect(opened().labels).not.toContain('Back up now');
});

test('menu and tip show quiet hours, and only the user’s own pause can be resumed', () => {
  const until = new Date(2026, 0, 2, 13).toISOString();
  const quiet = status({ quietUntil: until });
  const clock = new Date(until).toLocaleTimeString(undefined, { timeStyle: 'short' });
  expect(opened({ status: quiet }).rows).toContainEqual({
    label: `Notifications paused until ${clock}`,
    enabled: false,
  });
  const content = { status: quiet, notifications: { enabled: true, pausedUntil: null }, events: [], accounts: [] };
  expect(trayTip(content, now)).toContain(`Notifications paused until ${clock}`);
  const paused = opened({ status: quiet, notifications: { enabled: true, pausedUntil: until } });
  expect(paused.labels).toContain(`Resume notifications (paused until ${clock})`);
});

test('menu and tip show that the system’s do-not-disturb pauses notifications', () => {
  const quiet = status({ doNotDisturb: true });
  const line = 'Notifications paused: do not disturb is on';
  expect(opened({ status: quiet }).rows).toContainEqual({ label: line, enabled: false });
  const content = { status: quiet, notifications: { enabled: true, pausedUntil: null }, events: [], accounts: [] };
  expect(trayTip(content, now)).toContain(line);
  expect(opened({ status: status({ doNotDisturb: false }) }).labels).not.toContain(line);
});

test('the latest jobs are listed with their state, and open in the window', () => {
  const latestJobs = [jobRow({ id: '1', name: 'pump.ipt', state: 'running', progress: 40 }), jobRow({ id: '2' })];
  const { labels, click } = opened({ latestJobs });
  expect(labels).toContain('pump.ipt: in progress');
  expect(labels).toContain('Tower.rvt: finished');
  expect(click('pump.ipt')).toEqual([['open job', '1']]);
});

test('a newer version has a row that leads to it, and only while there is one', () => {
  const updates = { mode: 'install', state: 'ready', version: '0.2.0' } as const;
  expect(opened({ updates }).click('Ringback 0.2.0 is ready to install')).toEqual([['open updates']]);
  const announced = opened({ updates: { ...updates, mode: 'notify', state: 'available' } });
  expect(announced.labels).toContain('Ringback 0.2.0 is available…');
  expect(opened({ updates: { mode: 'install', state: 'none' } }).labels.join()).not.toContain('is available');
});

test('a support file is saved from the menu', () => {
  expect(opened().click('Save support file…')).toEqual([['save support file']]);
});
