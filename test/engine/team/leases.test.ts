import { expect, onTestFinished, test, vi } from 'vitest';
import type { BrokerSession } from '../../../main/engine/broker.ts';
import { createLog } from '../../../main/engine/log.ts';
import { createTeamKey } from '../../../main/engine/team/keys/index.ts';
import { createLeases } from '../../../main/engine/team/leases/index.ts';

/** A server with one bucket. */
function openBucket(): BrokerSession {
  const entries = new Map<string, { data: Uint8Array; revision: number; at: number }>();
  let revision = 0;
  const session: Pick<BrokerSession, 'readKey' | 'writeKey'> = {
    readKey: async (_bucket, key) => entries.get(key),
    async writeKey(_bucket, key, data, expected) {
      if ((entries.get(key)?.revision ?? 0) !== expected) return undefined;
      revision += 1;
      entries.set(key, { data, revision, at: 0 });
      return revision;
    },
  };
  return session as BrokerSession;
}

test('of two copies of one computer the one that started later holds a lease until it releases it', async () => {
  const session = openBucket();
  const teamKey = createTeamKey();
  const open = () => {
    const known = { team: 't', teamKey, holder: 'same', computer: 'desk', log: createLog(() => {}) };
    const leases = createLeases({ ...known, lost() {}, regained() {}, session: () => session });
    onTestFinished(() => leases.close());
    return leases;
  };
  const first = open();
  await expect(first.acquire('receiver')).resolves.toMatchObject({ kind: 'held' });
  const second = open();
  const grant = await second.acquire('receiver');
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(first.acquire('receiver')).resolves.toEqual({ kind: 'taken', computer: 'desk' });
  await expect(second.acquire('receiver')).resolves.toEqual(grant);
  if (grant.kind === 'held') await second.release('receiver', grant.token);
  await expect(first.acquire('receiver')).resolves.toMatchObject({ kind: 'held' });
});

test('the lease of the receiver is renewed for days, another one for a day after it was needed', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const session = openBucket();
  const known = { team: 't', teamKey: createTeamKey(), holder: 'desk', computer: 'desk', log: createLog(() => {}) };
  const leases = createLeases({ ...known, lost() {}, regained() {}, session: () => session });
  const revisionOf = async (key: string) => (await session.readKey('', key))?.revision ?? 0;
  await leases.acquire('receiver');
  await leases.acquire('account');
  await vi.advanceTimersByTimeAsync(26 * 3_600_000);
  const [receiver, account] = [await revisionOf('receiver'), await revisionOf('account')];
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await revisionOf('receiver')).toBeGreaterThan(receiver);
  expect(await revisionOf('account')).toBe(account);
  await expect(leases.isHeld('receiver')).resolves.toBe(true);
  await expect(leases.isHeld('other')).resolves.toBe(false);
  await leases.close();
});

test('a lease that is in doubt is confirmed again at once, or with the next renewal where the server cannot be asked, and that is said', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const session = openBucket();
  let present: BrokerSession | undefined = session;
  const regained: string[] = [];
  const known = { team: 't', teamKey: createTeamKey(), holder: 'desk', computer: 'desk', log: createLog(() => {}) };
  const leases = createLeases({
    ...known,
    lost() {},
    regained: (key) => void regained.push(key),
    session: () => present,
  });
  await leases.acquire('receiver');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(regained).toEqual([]);
  leases.doubt();
  expect(leases.isConfirmed('receiver')).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(leases.isConfirmed('receiver')).toBe(true);
  expect(regained).toEqual(['receiver']);
  present = undefined;
  leases.doubt();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(leases.isConfirmed('receiver')).toBe(false);
  present = session;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(regained).toEqual(['receiver', 'receiver']);
  await leases.close();
});
