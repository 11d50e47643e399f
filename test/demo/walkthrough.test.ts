import { expect, onTestFinished, test } from 'vitest';
import { connectors } from '../../main/connectors/index.ts';
import { connectDemo } from '../../main/demo/connections.ts';
import { runWalkthrough } from '../../main/demo/walkthrough.ts';
import { type Sandbox, startSandbox } from '../../main/sandbox/sandbox.ts';
import { spawnHost } from '../headless/spawned.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { openTestHost } from '../support/test-host.ts';

test('the walkthrough shows each step in a few times what the host takes to start, and then the host stays up', async () => {
  const start = performance.now();
  const host = spawnHost(await temporaryFolder(), { RINGBACK_TOUR: '1' });
  const { url, token } = await host.ready();
  const startup = performance.now() - start;
  await until(() => host.printed.error.includes(`The window is open at ${url}/#token=${token}`), 60_000);
  expect(performance.now() - start).toBeLessThan(12 * startup);
  for (const step of [
    'an echo came back through http://127.0.0.1:',
    'Registered a hook for dm.version.added on one folder',
    'Registered a hook for model.publish on one folder',
    'Registered a hook for extraction.finished on one workflow',
    'Registered a hook for MILESTONE_CREATED on one component',
    /“Tower\.rvt.*”: dm\.version\.added arrived \d+ ms after it was sent, its signature was verified/,
    /“Tower\.rvt: publishing queued”: model\.publish arrived .* it notified after \d+ ms/,
    /“Tower\.rvt: publishing started”: model\.publish arrived .* it updated its job/,
    'Notification: Tower.rvt: version 2 published',
    /Progress: \d+%\./,
    'The translation of pump.ipt is one row: success (svf2: success)',
    /“Translation finished: pump\.ipt”: extraction\.finished arrived/,
    'Notification: Translation finished: pump.ipt',
    /“Milestone V48 of (Frame|component .*)”: MILESTONE_CREATED arrived/,
    /passed its integrity check: \d+ bytes, SHA-256 [0-9a-f]{16}…, verified \d+ ms after/,
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
  expect(await host.ended).toBe(process.platform === 'win32' ? null : 130);
});

/** How the walkthrough of a sandbox ends in which something is wrong. */
async function walkthroughOf(fault: (aps: Sandbox['aps']) => Partial<Sandbox['aps']>): Promise<string> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const { engine } = await openTestHost({ connectors });
  const connections = await connectDemo(engine, sandbox);
  const aps = { ...sandbox.aps, ...fault(sandbox.aps) };
  const walkthrough = runWalkthrough({ engine, sandbox: { aps }, connections, timeout: 10_000, say: () => {} });
  return walkthrough.then(
    () => 'the walkthrough was completed',
    (error: Error) => error.message,
  );
}

test('a walkthrough in which a callback is forged ends with that sentence', async () => {
  const end = await walkthroughOf((aps) => ({ upload: () => aps.upload({ alter: { signature: 'wrong' } }) }));
  expect(end).toContain(
    'The walkthrough stopped: the callback after Tower.rvt is uploaded did not arrive (it was rejected: ',
  );
});

test('a walkthrough in which the provider refuses a hook ends with that sentence', async () => {
  const end = await walkthroughOf((aps) => {
    aps.addFault({ method: 'POST', path: '/webhooks', status: 403, body: {} });
    return {};
  });
  expect(end).toContain('The walkthrough stopped: a hook for dm.version.added could not be registered (');
});

test('a walkthrough in which nothing happens ends with that sentence in time', async () => {
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
  const walkthrough = runWalkthrough({
    engine,
    sandbox: { aps },
    connections: { aps: { id: 'one' }, manufacturing: { id: 'two' }, autoflex: { id: 'three' } },
    timeout: 50,
    say: () => {},
  });
  await expect(walkthrough).rejects.toThrow(
    'The walkthrough stopped: no callback was sent after Tower.rvt is uploaded (nothing happened for 0.05 s).',
  );
  expect(listening).toBe(0);
});
