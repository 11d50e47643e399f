import { describe, expect, test } from 'vitest';
import { type SimulatedApplication, startApplication } from '../support/electron/application.ts';
import { hasDunst, hasPrivateBus, type PrivateBus, startPrivateBus } from '../support/electron/session-bus.ts';
import { eventually, until } from '../support/temporary.ts';

/** The packed application on a session bus of its own, with the tools of this system and owners that come and go. */

const finished = 'Translation finished: pump.ipt';

const startOn = (bus: PrivateBus, ...flags: string[]): Promise<SimulatedApplication> =>
  startApplication({ flags, notifications: 'bus', environment: bus.environment });

describe.skipIf(!hasPrivateBus)('the application on a session bus', () => {
  test('a notification reaches the service, and a press on it opens its event in the window', async () => {
    const bus = await startPrivateBus();
    const service = await bus.startDisplay(['body', 'actions']);
    const application = await startOn(bus, '--sandbox', '--hidden');
    const note = await until(() => service.notified.find(({ title }) => title === finished));
    expect(note.actions.slice(0, 2)).toEqual(['default', 'View']);
    expect(note.body).not.toMatch(/<[a-z]/);
    service.press(note.id, 'default');
    const { windows } = await application.observed((seen) => seen.changes.includes('open'));
    expect(windows[0]?.visible).toBe(true);
    service.dismiss(note.id, 2);
    service.press(note.id + 1000, 'default');
    expect(await application.ask('status.get', {})).toMatchObject({ desktop: true });
  });

  test('a service without buttons gets none', async () => {
    const bus = await startPrivateBus();
    const service = await bus.startDisplay(['body']);
    await startOn(bus, '--sandbox', '--hidden');
    const note = await until(() => service.notified[0]);
    expect(note.actions).toEqual([]);
  });

  test('what came without a service is unseen, and is shown after the first that a service confirmed', async () => {
    const bus = await startPrivateBus();
    const application = await startOn(bus, '--sandbox');
    await until(async () => ((await application.ask('status.get', {})).unseen ?? 0) > 0);
    const service = await bus.startDisplay(['body', 'actions']);
    // A question that the bus was asked before may still be answered with no.
    await eventually(async () => void (await application.ask('notifications.test', {})));
    await until(() => service.notified.find(({ title }) => title !== service.notified[0]?.title));
  });

  test('a service that leaves and comes back is told of what happened between', async () => {
    const bus = await startPrivateBus();
    const first = await bus.startDisplay(['body']);
    const application = await startOn(bus);
    await application.ask('notifications.test', {});
    expect(first.notified).toHaveLength(1);
    await first.leave();
    await expect(application.ask('notifications.test', {})).rejects.toThrow(/did not show the notification/);
    const second = await bus.startDisplay(['body', 'actions']);
    await eventually(async () => void (await application.ask('notifications.test', {})));
    expect(second.notified).toHaveLength(1);
    expect(second.notified[0]?.actions[0]).toBe('default');
  });

  test('the tray icon appears when a panel comes after the start', async () => {
    const bus = await startPrivateBus();
    const application = await startOn(bus);
    await application.ask('status.get', {});
    expect((await application.observe()).tray).toBeUndefined();
    await bus.startTrayWatcher(true);
    const { tray } = await application.observed((seen) => seen.tray !== undefined);
    expect(tray?.rows).toContain('Open Ringback');
  });
});

describe.skipIf(!hasPrivateBus || !hasDunst)('the application with dunst', () => {
  test('dunst shows each notification with its actions, and a press on one opens the window', async () => {
    const bus = await startPrivateBus();
    const dunst = await bus.startDunst();
    const application = await startOn(bus, '--sandbox', '--hidden');
    await until(() => dunst.shown().includes(`summary: '${finished}'`));
    expect(dunst.shown()).toMatch(/"default" *: *"View"/);
    expect(dunst.shown()).not.toContain('&amp;amp;');
    expect((await application.observe()).windows).toEqual([]);
    const before = dunst.count();
    dunst.press();
    const { windows } = await application.observed((seen) => seen.windows[0]?.visible === true);
    expect(windows).toHaveLength(1);
    await until(() => dunst.count() < before);
  });
});
