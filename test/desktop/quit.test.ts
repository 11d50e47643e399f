import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { followQuit, startQuit } from '../../main/desktop/quit.ts';
import { collectingLog } from '../support/log.ts';

function application(close: () => Promise<void>, finish = () => false) {
  const { promise: exited, resolve } = Promise.withResolvers<number | undefined>();
  const app = Object.assign(new EventEmitter(), { exit: (code?: number) => resolve(code) });
  const quitting = followQuit(app as unknown as App);
  const lines: string[] = [];
  startQuit({
    ...{ app: app as unknown as App, close, finish, timeout: 20 },
    log: collectingLog(lines),
  });
  const prevented: string[] = [];
  const leave = () => {
    app.emit('before-quit');
    app.emit('will-quit', { preventDefault: () => prevented.push('will-quit') });
  };
  return { quitting, leave, exited, lines, prevented };
}

test('the application ends only after everything is closed', async () => {
  const steps: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const { quitting, leave, exited, prevented } = application(() => promise.then(() => void steps.push('closed')));
  expect(quitting()).toBe(false);
  leave();
  expect(quitting()).toBe(true);
  expect(prevented).toHaveLength(1);
  resolve();
  expect(await exited).toBe(0);
  expect(steps).toEqual(['closed']);
});

test('quitting twice closes once', async () => {
  const closed: string[] = [];
  const { leave, exited, prevented } = application(async () => void closed.push('closed'));
  leave();
  leave();
  await exited;
  expect(closed).toHaveLength(1);
  expect(prevented).toHaveLength(2);
});

test.each([
  ['fails', async () => Promise.reject(new Error('the disk is gone')), 'the disk is gone'],
  ['never ends', () => new Promise<void>(() => {}), 'not done after 20 ms'],
] as const)(
  'where closing %s the application ends all the same, and the log says why',
  async (_name, close, reason) => {
    const { leave, exited, lines } = application(close);
    leave();
    expect(await exited).toBe(0);
    expect(lines.join()).toContain(reason);
  },
);

test('what takes over the end, such as an updater, is called after everything is closed and may quit', async () => {
  const steps: string[] = [];
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  const { leave, prevented } = application(
    async () => void steps.push('closed'),
    () => {
      steps.push('finished');
      resolve();
      return true;
    },
  );
  leave();
  await finished;
  leave();
  expect(steps).toEqual(['closed', 'finished']);
  expect(prevented).toHaveLength(1);
});
