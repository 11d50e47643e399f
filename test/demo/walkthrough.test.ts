import { expect, onTestFinished, test } from 'vitest';
import { connectors } from '../../main/connectors/index.ts';
import { enterTrial } from '../../main/demo/connections.ts';
import { runTour } from '../../main/demo/walkthrough.ts';
import { type Sandbox, startSandbox } from '../../main/sandbox/sandbox.ts';
import { spawnHost } from '../headless/spawned.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { openTestHost } from '../support/test-host.ts';

test('the tour tells each step within ten seconds, and then the host stays up', async () => {
  const began = Date.now();
  const host = spawnHost(await temporaryFolder(), { RINGBACK_TOUR: '1' });
  const { url, token } = await host.ready();
  await until(() => host.printed.error.includes(`The window is open at ${url}/#token=${token}`), 15_000);
  expect(Date.now() - began).toBeLessThan(10_000);
  for (const step of [
    'our own echo came back through http://127.0.0.1:',
    'A hook for dm.version.added is registered',
    'A hook for model.publish is registered',
    'A hook for extraction.finished is registered',
    'A hook for MILESTONE_CREATED is registered for one component',
    /“Tower\.rvt.*”: dm\.version\.added arrived \d+ ms after it was sent, was proven genuine/,
    /“Tower\.rvt: publishing queued”: model\.publish arrived .* announced after \d+ ms/,
    /“Tower\.rvt: publishing started”: model\.publish arrived .* a story that rings at its end/,
    'Notification: Tower.rvt: version 2 published',
    /It is at \d+ %\./,
    'The translation of pump.ipt is one row: success (svf2: success)',
    /“Translation finished: pump\.ipt”: extraction\.finished arrived/,
    'Notification: Translation finished: pump.ipt',
    /“Milestone V48 of (Frame|component .*)”: MILESTONE_CREATED arrived/,
    /the file is whole: \d+ bytes, SHA-256 [0-9a-f]{16}…, proven \d+ ms after/,
  ]) {
    expect(host.printed.error).toMatch(step);
  }
  const { events } = await host.ask('events.list', {});
  expect(events.map(({ verified, deliveries }) => [verified, deliveries])).toEqual([
    ['address', 1],
    ...Array(7).fill(['signature', 1]),
  ]);
  expect(host.printed.out.split('\n')).toHaveLength(2);
  host.process.kill('SIGINT');
  // Windows has no signals: there it is a hard end.
  expect(await host.ended).toBe(process.platform === 'win32' ? null : 0);
});

/** A tour of a sandbox in which something is amiss; how it ends. */
async function tourOf(amiss: (aps: Sandbox['aps']) => Partial<Sandbox['aps']>): Promise<string> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const { engine } = await openTestHost({ connectors });
  const connections = await enterTrial(engine, sandbox);
  const aps = { ...sandbox.aps, ...amiss(sandbox.aps) };
  const tour = runTour({ engine, sandbox: { aps }, connections, patience: 10_000, say: () => {} });
  return tour.then(
    () => 'the tour was told to the end',
    (error: Error) => error.message,
  );
}

test('a tour in which a callback is forged ends with that sentence', async () => {
  const end = await tourOf((aps) => ({ upload: () => aps.upload({ alter: { signature: 'wrong' } }) }));
  expect(end).toContain('The tour stopped: the callback after Tower.rvt is uploaded did not arrive (it was refused: ');
});

test('a tour in which the provider refuses a hook ends with that sentence', async () => {
  const end = await tourOf((aps) => {
    aps.addFault({ method: 'POST', path: '/webhooks', status: 403, body: {} });
    return {};
  });
  expect(end).toContain('The tour stopped: a hook for dm.version.added could not be registered (');
});

test('a tour in which nothing happens ends with that sentence in time', async () => {
  const answers: Record<string, unknown> = {
    'tunnel.check': { state: 'up', url: 'http://127.0.0.1:9' },
    'hooks.create': { id: 'one' },
  };
  let listening = 0;
  const engine = {
    ask: async (method: string) => ({ ok: true, value: answers[method] }) as const,
    listen: () => {
      listening += 1;
      return () => {
        listening -= 1;
      };
    },
  };
  const frame = { __typename: 'Component', id: 'frame', name: 'Frame', tipVersion: { id: '', name: '' } } as const;
  const never = () => new Promise<never>(() => {});
  const project = { hubId: '', projectId: '', rootFolder: '', projectRoot: '', folder: 'folder', workflow: 'workflow' };
  const manufacturing = { component: () => frame, milestone: never };
  const aps = { project, upload: never, publish: never, callbacks: [], manufacturing };
  const tour = runTour({
    engine,
    sandbox: { aps },
    connections: { aps: { id: 'one' }, manufacturing: { id: 'two' }, autoflex: { id: 'three' } },
    patience: 50,
    say: () => {},
  });
  await expect(tour).rejects.toThrow(
    'The tour stopped: no callback was sent after Tower.rvt is uploaded (nothing happened for 0.05 s).',
  );
  expect(listening).toBe(0);
});
