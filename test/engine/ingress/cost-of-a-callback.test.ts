import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Connector } from '../../../main/engine/connector/index.ts';
import { longestDeferral } from '../../../main/engine/storage/queue/write-queue.ts';
import { countCommits } from '../../support/commits.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

/** A hook whose connector counts how often its connection is described. */
async function setUp() {
  const folder = await temporaryFolder();
  const bell = createBell();
  const described = { count: 0 };
  const limitations: NonNullable<Connector['limitations']> = () => {
    described.count += 1;
    return [];
  };
  const host = await openTestHost({ connectors: [{ ...bell.connector, limitations }], folder });
  await host.connect();
  const connection = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  const hook = await host.ask('hooks.create', { connection: connection.id, event: 'ring', scope: { door: 'front' } });
  const secret = bell.secretOf(hook.providerId ?? '');
  /** One after the other, as over one connection. */
  const ring = async (count: number): Promise<void> => {
    for (let number = 1; number <= count; number += 1) {
      const body = JSON.stringify({ title: `Ring ${number}` });
      const { status } = await fetch(hook.callbackUrl, { method: 'POST', body, headers: bell.sign(secret, body) });
      expect(status).toBe(204);
    }
  };
  const commits = (): number => countCommits(join(folder, 'events.sqlite'));
  return { ring, commits, described, host };
}

test('connections are not described for each callback, nor for each notification', async () => {
  const { ring, described, host } = await setUp();
  const before = described.count;
  await ring(60);
  await until(() => host.notes.length === 60);
  // The new hook is looked after meanwhile, which describes them a few times.
  expect(described.count - before).toBeLessThan(30);
});

test('callbacks one after the other take a commit each at most; what their effects note waits for one of these, or for 20 ms', async () => {
  const { ring, commits } = await setUp();
  await ring(5);
  const before = commits();
  const started = performance.now();
  await ring(60);
  const further = commits() - before - 60;
  // The time bounds those without a delivery, however slow this computer is: one in 20 ms for marks, one in 100 ms for the
  // search index, and few that a user's change needs.
  const elapsed = performance.now() - started;
  expect(further).toBeLessThanOrEqual(5 + elapsed / longestDeferral + elapsed / 100);
});
