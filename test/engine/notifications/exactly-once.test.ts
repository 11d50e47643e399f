import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLog } from '../../../main/engine/log.ts';
import { createNotificationRules, createNotifier, type Notifier } from '../../../main/engine/notifications/index.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/index.ts';
import { defaultSettings, type NotificationMode } from '../../../preload/contract/index.ts';
import { trials } from '../../endurance/extent.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const kinds = ['file.added', 'file.locked', 'model.published'] as const;
type Kind = (typeof kinds)[number];

type Step =
  | { readonly type: 'arrive'; readonly kind: Kind; readonly outcome: 'success' | 'failed'; readonly crash: boolean }
  | { readonly type: 'pause'; readonly minutes: number }
  | { readonly type: 'doNotDisturb'; readonly isOn: boolean }
  | { readonly type: 'breakThrough'; readonly wanted: boolean }
  | { readonly type: 'rule'; readonly kind: Kind; readonly mode: NotificationMode }
  | { readonly type: 'advance'; readonly seconds: number }
  | { readonly type: 'restart' };

const anyKind = fc.constantFrom(...kinds);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      ...{ type: fc.constant('arrive' as const), kind: anyKind, crash: fc.boolean() },
      outcome: fc.constantFrom('success' as const, 'failed' as const),
    }),
    weight: 5,
  },
  fc.record({ type: fc.constant('pause' as const), minutes: fc.integer({ min: 0, max: 600 }) }),
  fc.record({ type: fc.constant('doNotDisturb' as const), isOn: fc.boolean() }),
  fc.record({ type: fc.constant('breakThrough' as const), wanted: fc.boolean() }),
  fc.record({
    ...{ type: fc.constant('rule' as const), kind: anyKind },
    mode: fc.constantFrom<NotificationMode>('sound', 'silent', 'digest', 'off'),
  }),
  fc.record({
    type: fc.constant('advance' as const),
    seconds: fc.oneof(fc.integer({ min: -100_000, max: 60 }), fc.integer({ min: 0, max: 200_000 })),
  }),
  fc.record({ type: fc.constant('restart' as const) }),
);

/** A notifier over a real ledger, with a clock and settings of the test, and everything that its host was given. */
async function openBell() {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const values = new Map<string, unknown>();
  const shown: number[] = [];
  let settings = defaultSettings.notifications;
  let isQuiet = false;
  let now = new Date(2026, 4, 1, 12).getTime();
  let ledger: Ledger;
  let notifier: Notifier;
  const rulesOf = () =>
    createNotificationRules({ store: memoryStore(values), ledger, quietEvents: [], now: () => now, warn: () => {} });
  const open = async () => {
    ledger = await openLedger(file, () => {});
    notifier = createNotifier({
      ...{ ledger, rules: rulesOf(), now: () => now, log: createLog(() => {}) },
      settings: () => settings,
      language: () => 'en',
      sinks: () => ['mail'],
      doNotDisturb: () => isQuiet,
      notify: ({ id }) => void shown.push(Number(id)),
      ...{ requested() {}, shown() {}, unseenChanged() {}, pauseChanged() {} },
    });
  };
  const close = async () => {
    notifier.close();
    await ledger.close();
  };
  const restart = async () => {
    await close();
    await open();
  };
  await open();
  let delivered = 0;
  return {
    close,
    async take(given: Step): Promise<number | undefined> {
      let event: number | undefined;
      if (given.type === 'arrive') {
        delivered += 1;
        event = (await ledger.write('delivery', deliveryOf(given, delivered, now))).event;
        await ledger.write('jobs', { rows: [], upTo: event });
        if (given.crash) await restart();
      }
      if (given.type === 'pause')
        settings = { ...settings, pausedUntil: new Date(now + given.minutes * 60_000).toISOString() };
      if (given.type === 'doNotDisturb') isQuiet = given.isOn;
      if (given.type === 'breakThrough') settings = { ...settings, failuresWhilePaused: given.wanted };
      if (given.type === 'advance') now += given.seconds * 1000;
      if (given.type === 'restart') await restart();
      await notifier.notifyStored();
      return event;
    },
    setRules(modes: ReadonlyMap<Kind, NotificationMode>) {
      values.set(
        'notificationRules',
        [...modes].map(([event, mode]) => ({ event, mode })),
      );
      return restart();
    },
    /** Whether it is to be shown, and not yet held for a digest. */
    isWaiting: (event: number) =>
      ledger
        .all('SELECT id FROM notices WHERE shown = 0 AND digest IS NULL')
        .some(({ id }) => standsFor(ledger, Number(id), event)),
    /** How many of the shown notifications stand for the event. */
    rings: (event: number) => shown.filter((id) => standsFor(ledger, id, event)).length,
    /** How many of those that were sent away do. */
    sends: (event: number) =>
      ledger.all('SELECT notice FROM notice_sends').filter(({ notice }) => standsFor(ledger, Number(notice), event))
        .length,
  };
}

function standsFor(ledger: Ledger, notification: number, event: number): boolean {
  const sql = `SELECT 1 FROM notices WHERE id = ? AND event = ?
    UNION SELECT 1 FROM notice_events WHERE notice = ? AND event = ?`;
  return ledger.one(sql, notification, event, notification, event) !== undefined;
}

function deliveryOf({ kind, outcome }: Extract<Step, { type: 'arrive' }>, number: number, receivedAt: number) {
  return {
    ...{ hook: 'hook', connection: 'connection', receivedAt, deliveryId: String(number), identity: null, system: null },
    ...{ event: kind, title: `${kind} ${number}`, summary: null, outcome, resource: null, occurredAt: null },
    ...{ readable: true, silent: false, verified: 'signature', headers: '{}', body: Buffer.from('{}'), names: '' },
    learned: [],
  };
}

test('each event rings and is sent exactly once, by itself or in one digest, whatever arrives, crashes, pauses or is muted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const bell = await openBell();
      const modes = new Map<Kind, NotificationMode>();
      const expected = new Map<number, number>();
      const kindOf = new Map<number, Kind>();
      /** Turned off while they waited: they ring if that was taken back before they were due. */
      const unsure = new Set<number>();
      for (const given of steps) {
        if (given.type === 'rule') {
          await bell.setRules(modes.set(given.kind, given.mode));
          if (given.mode === 'off')
            for (const [event, kind] of kindOf) if (kind === given.kind && bell.isWaiting(event)) unsure.add(event);
        }
        const event = await bell.take(given);
        if (event !== undefined && given.type === 'arrive') {
          expected.set(event, modes.get(given.kind) === 'off' ? 0 : 1);
          kindOf.set(event, given.kind);
        }
      }
      await bell.take({ type: 'pause', minutes: 0 });
      // Only this computer's screen waits for the end of do-not-disturb.
      await bell.take({ type: 'doNotDisturb', isOn: true });
      const sent = () => new Map([...expected.keys()].map((event) => [event, bell.sends(event)]));
      // A waiting bundle and the daily summary are due after two days at the latest.
      for (const seconds of [600, 86_400, 86_400]) await bell.take({ type: 'advance', seconds });
      for (const event of unsure) expected.set(event, Math.min(bell.sends(event), 1));
      expect(sent()).toEqual(expected);
      await bell.take({ type: 'doNotDisturb', isOn: false });
      expect(sent()).toEqual(expected);
      const rings = new Map([...expected.keys()].map((event) => [event, bell.rings(event)]));
      await bell.close();
      expect(rings).toEqual(expected);
    }),
    trials(8),
  );
});
