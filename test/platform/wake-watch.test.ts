import { expect, onTestFinished, test } from 'vitest';
import { startWakeWatch } from '../../main/platform/wake-watch.ts';
import { until } from '../support/temporary.ts';

function watched() {
  const state = { time: 0, ticks: 0, woken: 0, networks: 'home' };
  const end = startWakeWatch({
    wake: () => {
      state.woken += 1;
    },
    now: () => {
      state.ticks += 1;
      return state.time;
    },
    networks: () => state.networks,
    every: 5,
  });
  onTestFinished(end);
  const moreTicks = async (): Promise<void> => {
    const seen = state.ticks;
    await until(() => state.ticks >= seen + 3);
  };
  return { state, moreTicks, end };
}

test('a computer that slept is noticed once, one that is merely busy is not', async () => {
  const { state, moreTicks } = watched();
  state.time += 24;
  await moreTicks();
  expect(state.woken).toBe(0);
  state.time += 3_600_000;
  await until(() => state.woken > 0);
  await moreTicks();
  expect(state.woken).toBe(1);
});

test('a network that goes and another that comes are noticed, each once', async () => {
  const { state, moreTicks } = watched();
  state.networks = '';
  await until(() => state.woken === 1);
  state.networks = 'office';
  await until(() => state.woken === 2);
  await moreTicks();
  expect(state.woken).toBe(2);
});

test('once ended it looks no more', async () => {
  const ended = watched();
  const other = watched();
  ended.end();
  const { ticks } = ended.state;
  await other.moreTicks();
  expect(ended.state.ticks).toBe(ticks);
});

test('the addresses of this computer stay the same while nothing happens', async () => {
  let ticks = 0;
  let woken = 0;
  onTestFinished(
    startWakeWatch({
      wake: () => {
        woken += 1;
      },
      now: () => ticks++,
      every: 2,
    }),
  );
  await until(() => ticks > 5);
  expect(woken).toBe(0);
});
