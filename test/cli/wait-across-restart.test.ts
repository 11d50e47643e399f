import { expect, test } from 'vitest';
import type { Session } from '../../main/cli/session.ts';
import { waitFor } from '../../main/cli/wait.ts';
import { HostGoneError } from '../../main/control/index.ts';
import type { Change } from '../../preload/contract/index.ts';

/** A session with a host that ends after it has reported these changes, and runs again as often as there are more. */
function sessionOf(...lives: readonly (readonly Change[])[]): Session {
  const left = [...lives];
  async function* changes(): AsyncGenerator<Change> {
    yield* left.shift() ?? [];
    throw new HostGoneError('The host ended.');
  }
  return {
    terminal: { signal: new AbortController().signal },
    output: { progress: () => {} },
    host: async () => ({ changes }),
    askAcrossRestart: async () => {
      if (left.length === 0) throw new HostGoneError('No host answers.');
      return {};
    },
  } as unknown as Session;
}

function workOf(states: readonly string[]) {
  const steps = { started: 0, looked: 0 };
  return {
    steps,
    options: {
      async start() {
        steps.started++;
        return 'open';
      },
      look: async () => states[steps.looked++],
      read: () => undefined,
      isOver: (state: string) => state === 'done',
      describe: (state: string) => state,
    },
  };
}

test('waiting goes on after a restart of the host, and learns of an end that came meanwhile', async () => {
  const { steps, options } = workOf(['open', 'done']);
  const session = sessionOf([{ type: 'ready' }], [{ type: 'ready' }], [{ type: 'ready' }]);
  expect(await waitFor(session, options)).toBe('done');
  expect(steps).toEqual({ started: 1, looked: 2 });
});

test('waiting fails where the host does not run again', async () => {
  await expect(waitFor(sessionOf([{ type: 'ready' }]), workOf([]).options)).rejects.toThrow(HostGoneError);
});

test('work is not started twice where the host ends while it is being started', async () => {
  const { steps, options } = workOf(['done']);
  const start = async () => {
    await options.start();
    throw new HostGoneError('The host ended.');
  };
  const waiting = waitFor(sessionOf([{ type: 'ready' }], [{ type: 'ready' }]), { ...options, start });
  await expect(waiting).rejects.toThrow(HostGoneError);
  expect(steps.started).toBe(1);
});
