import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Connector } from '../../main/engine/connector/index.ts';
import type { Hook } from '../../preload/contract/index.ts';
import { createBell } from './test-connector.ts';
import { openTestHost, type TestHost, type TestHostOptions } from './test-host.ts';

/** An engine with hooks of the simplest provider, ready to be called. */
export interface BellHost {
  readonly host: TestHost;
  /** Delivers this payload to the hook of that number; throws unless it is acknowledged. */
  ring(payload: object, hook?: number): Promise<void>;
}

export type BellHostOptions = Partial<TestHostOptions> & {
  readonly hooks?: number;
  readonly account?: string;
  /** What the provider supplies besides. */
  readonly connector?: Partial<Connector>;
  /** What its hooks can do besides. */
  readonly hookSupport?: Partial<NonNullable<Connector['hooks']>>;
};

export async function openBellHost(options: BellHostOptions = {}): Promise<BellHost> {
  const { hooks = 1, account = 'me', connector, hookSupport, ...others } = options;
  const bell = createBell();
  if (bell.connector.hooks) Object.assign(bell.connector.hooks, hookSupport);
  const host = await openTestHost({ connectors: [{ ...bell.connector, ...connector }], ...others });
  await host.connect();
  const connection = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account },
    secrets: { password: 'correct' },
  });
  const created: Hook[] = [];
  for (let number = 0; number < hooks; number += 1) {
    const request = { connection: connection.id, event: `ring.${number}`, scope: { door: 'front' } };
    created.push(await host.ask('hooks.create', request));
  }
  return {
    host,
    async ring(payload, number = 0) {
      const hook = created[number];
      if (!hook) throw new Error(`There is no hook ${number}.`);
      const body = JSON.stringify(payload);
      const headers = bell.sign(bell.secretOf(hook.providerId ?? ''), body);
      const { status } = await fetch(hook.callbackUrl, { method: 'POST', body, headers });
      if (status !== 204) throw new Error(`The callback was answered ${status}.`);
    },
  };
}

/** How many events belong to a notification that others may share. */
export function bundledEvents(folder: string): number {
  const database = new DatabaseSync(join(folder, 'events.sqlite'), { readOnly: true });
  const row = database.prepare('SELECT count(*) AS count FROM notice_events').get();
  database.close();
  return Number(row?.count);
}
