import { onTestFinished } from 'vitest';
import { connectors } from '../../main/connectors/index.ts';
import { type Aps, type ApsOptions, startAps } from '../../main/sandbox/aps/index.ts';
import type { Input, Job } from '../../preload/contract/index.ts';
import { until } from './temporary.ts';
import { openTestHost, type TestHost } from './test-host.ts';

/** An engine connected to the APS simulator, with a clock that can be advanced. */
export interface JobHost {
  readonly aps: Aps;
  readonly host: TestHost;
  readonly connection: string;
  readonly clock: { ahead: number };
  start(name: string, order?: Partial<Input<'jobs.start'>>): Promise<Job>;
  job(id: string): Promise<Job>;
  /** Waits until the job has ended. */
  ended(id: string): Promise<Job>;
  /** The titles of all notifications, oldest first. */
  notificationTitles(): string[];
  /** Advances the engine's clock and wakes the engine. */
  advance(milliseconds: number): void;
}

export interface JobHostOptions extends ApsOptions {
  readonly folder?: string;
  readonly values?: Map<string, unknown>;
  /** A simulator that is already running. */
  readonly at?: Aps;
}

export const minute = 60_000;

export function urnOf(name: string): string {
  return Buffer.from(`urn:adsk.objects:os.object:example-bucket/${name}`).toString('base64url');
}

export async function openJobHost({ folder, values, at, ...options }: JobHostOptions = {}): Promise<JobHost> {
  const aps = at ?? (await startAps({ translationTime: 40, ...options }));
  if (!at) onTestFinished(() => aps.stop());
  const clock = { ahead: 0 };
  const host = await openTestHost({
    connectors,
    ports: { now: () => Date.now() + clock.ahead },
    ...(folder === undefined ? {} : { folder }),
    ...(values === undefined ? {} : { values }),
  });
  await host.connect();
  const known = await host.ask('connections.list', {});
  const added =
    known[0] ??
    (await host.ask('connections.add', {
      connector: 'aps-webhooks',
      settings: { clientId: aps.clientId, baseUrl: aps.url },
      secrets: { clientSecret: aps.clientSecret },
    }));
  const job = (id: string) => host.ask('jobs.get', { id });
  return {
    ...{ aps, host, clock, job, connection: added.id },
    start: (name, order = {}) => host.ask('jobs.start', { connection: added.id, urn: urnOf(name), ...order }),
    ended: (id) =>
      until(async () => {
        const present = await job(id);
        return present.endedAt === undefined ? undefined : present;
      }),
    notificationTitles: () => host.notes.map(({ title }) => title),
    advance(milliseconds) {
      clock.ahead += milliseconds;
      host.engine.wake();
    },
  };
}
