import { expect, onTestFinished, test } from 'vitest';
import { connectors } from '../../main/connectors/index.ts';
import { startDesktopDemo } from '../../main/demo/desktop-demo.ts';
import { startSandbox } from '../../main/sandbox/sandbox.ts';
import { until } from '../support/temporary.ts';
import { openTestHost } from '../support/test-host.ts';

test('the demo ends with hooks in place and genuine events to look at', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const { engine, ask, notes } = await openTestHost({ connectors });
  await startDesktopDemo({ engine, sandbox, timeout: 60_000 });
  expect((await ask('hooks.list', {})).map(({ event }) => event).sort()).toEqual([
    'MILESTONE_CREATED',
    'dm.version.added',
    'extraction.finished',
    'model.publish',
  ]);
  const finished = await until(async () => {
    const { events } = await ask('events.list', {});
    return events.find(({ title }) => title === 'Translation finished: pump.ipt');
  });
  expect(finished).toMatchObject({ verified: 'signature', outcome: 'success' });
  await until(() => notes.some(({ event }) => event === finished.id));
});

test('where the tunnel does not come up the user is told what to do', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const { engine } = await openTestHost({ connectors });
  const dead = { ...sandbox, relayUrl: 'http://127.0.0.1:1' };
  await expect(startDesktopDemo({ engine, sandbox: dead, timeout: 200 })).rejects.toMatchObject({
    code: 'offline',
    message: expect.stringContaining('Start Ringback again'),
  });
});
