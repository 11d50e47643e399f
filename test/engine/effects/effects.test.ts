import { expect, onTestFinished, test } from 'vitest';
import { type Effect, type Effects, startEffects } from '../../../main/engine/effects/effects.ts';
import { collectingLog } from '../../support/log.ts';
import { until } from '../../support/temporary.ts';

function started(effects: readonly Effect[], lines: string[] = []): Effects {
  const started = startEffects({ effects, log: collectingLog(lines), debounce: 5, retryDelay: 20 });
  onTestFinished(() => started.close());
  return started;
}

test('effects run in their order, and a request during a run starts one more', async () => {
  const order: string[] = [];
  const effects = started(
    ['job', 'notification', 'download'].map((name) => ({
      name,
      async run() {
        order.push(name);
        if (order.length === 2) effects.request();
      },
    })),
  );
  effects.request();
  await until(() => order.length === 6);
  expect(order).toEqual(['job', 'notification', 'download', 'job', 'notification', 'download']);
});

test('an effect that fails is retried, and the ones after it run all the same', async () => {
  const order: string[] = [];
  const lines: string[] = [];
  const effects = started(
    [
      {
        name: 'job',
        async run() {
          order.push('job');
          if (order.length === 1) throw new Error('the disk is full');
        },
      },
      { name: 'notification', run: async () => void order.push('notification') },
    ],
    lines,
  );
  effects.request();
  await until(() => order.length === 4);
  expect(order).toEqual(['job', 'notification', 'job', 'notification']);
  expect(lines.join()).toContain('the disk is full');
});

test('closing waits for the effect that runs, starts no other, and ignores later requests', async () => {
  const order: string[] = [];
  let finish = (): void => {};
  const effects = started([
    {
      name: 'job',
      run: () =>
        new Promise((resolve) => {
          order.push('job');
          finish = resolve;
        }),
    },
    { name: 'notification', run: async () => void order.push('notification') },
  ]);
  effects.request();
  await until(() => order.length === 1);
  const closed = effects.close();
  finish();
  await closed;
  effects.request();
  expect(order).toEqual(['job']);
});
