import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HookRecord } from '../../../main/engine/hooks/records/record.ts';
import type { HookRecords } from '../../../main/engine/hooks/records/records.ts';
import { trials } from '../../endurance/extent.ts';
import { type Fate, minute, stamp, World, type WorldHook } from './simulated-provider.ts';

const places = ['https://one.example', 'https://two.example', 'https://three.example'] as const;
const present = places[0];
const region = 'US';

const place = fc.constantFrom(...places);
/** How a registration stands here and at the provider. */
const registration = fc.record({
  place,
  /** Whether the provider has it, and whether we know its id. */
  there: fc.boolean(),
  known: fc.boolean(),
  status: fc.constantFrom('active', 'inactive', 'reactivated'),
  signed: fc.boolean(),
  duplicate: fc.boolean(),
});
const wanted = fc.record({
  main: registration,
  others: fc.array(fc.record({ registration, state: fc.constantFrom('pending', 'retiring', 'retired') }), {
    maxLength: 3,
  }),
  paused: fc.boolean(),
  expiring: fc.boolean(),
});
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('answered' as const) },
  fc.constantFrom<Fate>('put off', 'lost before', 'lost after', 'refused', 'crash before', 'crash after'),
);
const situation = fc.record({
  hooks: fc.array(wanted, { minLength: 1, maxLength: 3 }),
  strays: fc.nat(2),
  delay: fc.constantFrom(0, 10 * minute),
  /** Earlier addresses that still lead here. */
  alive: fc.subarray(places.slice(1)),
  runs: fc.array(fc.record({ fates: fc.array(fate, { maxLength: 8 }), address: fc.option(place) }), { maxLength: 5 }),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

let keys = 0;
function nextKey(): string {
  keys += 1;
  return keys.toString(16).padStart(32, '0');
}

/** Puts a registration on disk, and at the provider. */
function lay(world: World, one: Situation['hooks'][number]['main'], expiring: boolean) {
  const key = nextKey();
  const secret = `secret-${key}`;
  const callbackUrl = `${one.place}/in/${key}`;
  const common = { event: 'ring', scope: { door: key }, region, callbackUrl, installation: stamp };
  const made: WorldHook[] = [];
  if (one.there) {
    const signing = one.signed ? { secret, signsFrom: 0 } : { signsFrom: Number.POSITIVE_INFINITY };
    const expiry = expiring ? { expiresAt: world.now + 60 * minute } : {};
    made.push(world.add({ ...common, ...signing, ...expiry, status: one.status }));
    if (one.duplicate) made.push(world.add({ ...common, signsFrom: Number.POSITIVE_INFINITY, status: 'active' }));
  }
  const providerId = one.known ? { providerId: made[0]?.providerId ?? `gone-${key}` } : {};
  const encrypted = `encrypted:${[...secret].reverse().join('')}`;
  return { key, secret: encrypted, confirmed: one.signed, previousSecrets: [], callbackUrl, ...providerId };
}

function build({ hooks, strays, delay, alive }: Situation): { world: World; foreign: ReadonlyMap<string, string> } {
  const world = new World({ delay, regions: [region] });
  for (const url of alive) world.alive.add(url);
  const records = hooks.map((hook, index): HookRecord => {
    const others = hook.others.map(({ registration: one, state }) => ({
      // An id is known only of what arrived once.
      ...lay(world, { ...one, known: state !== 'pending' }, false),
      state: state as 'pending' | 'retiring' | 'retired',
      ...(state === 'retired' ? { until: world.now + 60 * minute } : {}),
    }));
    return {
      ...lay(world, { ...hook.main, known: true }, hook.expiring),
      ...{ id: `hook-${index}`, connection: 'one', event: 'ring', scope: { door: `${index}` }, region, others },
      ...{ status: 'active', paused: hook.paused, createdAt: world.now },
    };
  });
  world.values.set('hooks', records);
  for (let index = 0; index < strays; index += 1) {
    const callbackUrl = `${present}/in/${nextKey()}`;
    world.add({ event: 'ring', scope: {}, region, callbackUrl, installation: stamp, status: 'active' });
  }
  const foreign = [
    world.add({ event: 'ring', scope: {}, region, callbackUrl: `${present}/in/${nextKey()}`, status: 'inactive' }),
    world.add({
      event: 'ring',
      scope: {},
      region,
      callbackUrl: 'https://x.example',
      installation: 'b',
      status: 'active',
    }),
    // Ours by its stamp, but of a region that is not listed: out of sight, out of reach.
    world.add({ event: 'ring', scope: {}, region: 'JPN', callbackUrl: 'y', installation: stamp, status: 'active' }),
  ];
  return { world, foreign: new Map(foreign.map((hook) => [hook.providerId, JSON.stringify(hook)])) };
}

/** After every single request: what could be heard before it can be heard after it, and foreign hooks are as they were. Gives what was not so. */
function guard(world: World, foreign: ReadonlyMap<string, string>): readonly string[] {
  const wrongs: string[] = [];
  const wantedIds = (records: HookRecords) => records.all.filter(({ paused }) => !paused).map(({ id }) => id);
  world.watch = (records, request) => {
    const ringing = wantedIds(records).filter((id) => world.rings(records, id));
    request();
    const asked = world.asked.at(-1);
    for (const id of ringing) if (!world.rings(records, id)) wrongs.push(`${id} fell silent after "${asked}"`);
    for (const [id, before] of foreign) {
      if (JSON.stringify(world.provider.get(id)) !== before) wrongs.push(`"${asked}" touched a hook of others`);
    }
  };
  return wrongs;
}

async function settle(world: World): Promise<void> {
  world.fates = [];
  for (let run = 0; run < 4; run += 1) {
    expect(await world.run()).toBe(true);
    world.now += 11 * minute;
  }
}

/** Of each wanted hook exactly one, active, here, signing with what we know; nothing else of ours. */
async function expectInOrder(world: World, hooks: Situation['hooks']): Promise<void> {
  const { records, reconciler } = await world.open();
  const listed = [...world.provider.values()].filter((hook) => hook.region === region && hook.installation === stamp);
  const expected = new Map<string, WorldHook>();
  for (const [index, hook] of hooks.entries()) {
    const record = records.byId(`hook-${index}`);
    const remote = world.provider.get(record?.providerId ?? '');
    if (remote) expected.set(remote.providerId, remote);
    if (hook.paused) {
      if (remote) expect(remote.status).toBe('inactive');
      continue;
    }
    expect(record?.callbackUrl).toBe(remote?.callbackUrl);
    expect(remote?.callbackUrl.startsWith(`${present}/in/`)).toBe(true);
    expect(remote?.status).not.toBe('inactive');
    expect(world.rings(records, `hook-${index}`)).toBe(true);
    if (remote?.expiresAt) expect(remote.expiresAt).toBeGreaterThan(world.now + 100 * 24 * 60 * minute);
  }
  expect(new Set(listed.map(({ providerId }) => providerId))).toEqual(new Set(expected.keys()));
  expect((await reconciler.reconcile({ dryRun: true })).steps).toEqual([]);
}

test('from any state, through any failures and crashes, runs lead to exactly the hooks that are wanted, and nothing is missed on the way', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (start) => {
      const { world, foreign } = build(start);
      const wrongs = guard(world, foreign);
      for (const { fates, address } of start.runs) {
        world.fates = [...fates];
        world.address = address ?? undefined;
        if (address) world.alive.add(address);
        await world.run();
        world.now += minute;
      }
      world.address = present;
      world.alive.add(present);
      await settle(world);
      expect(wrongs).toEqual([]);
      await expectInOrder(world, start.hooks);
    }),
    trials(150),
  );
});

test('where all is in order, nothing is asked for but the list', async () => {
  await fc.assert(
    fc.asyncProperty(situation, async (start) => {
      const { world } = build({ ...start, runs: [] });
      world.address = present;
      world.alive.add(present);
      await settle(world);
      world.asked.length = 0;
      await world.run();
      expect(world.asked).toEqual(['list']);
    }),
    trials(30),
  );
});
