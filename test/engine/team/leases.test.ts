import { expect, onTestFinished, test } from 'vitest';
import type { BrokerSession } from '../../../main/engine/broker.ts';
import { createLog } from '../../../main/engine/log.ts';
import { createTeamKey } from '../../../main/engine/team/keys/index.ts';
import { createLeases } from '../../../main/engine/team/leases.ts';

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
    const known = { team: 't', teamKey, holder: 'same', computer: 'desk', log: createLog(() => {}), lost() {} };
    const leases = createLeases({ ...known, session: () => session });
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
