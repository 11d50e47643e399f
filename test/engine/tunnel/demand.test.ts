import { expect, test } from 'vitest';
import { createDemand } from '../../../main/engine/tunnel/demand.ts';
import { eventually } from '../../support/temporary.ts';

/** Something that is open while it is needed, and whether something else needs it. */
function onDemand(closeAfter: number) {
  const state = { needed: false, open: false, closings: 0 };
  const demand = createDemand({
    isOnDemand: () => true,
    needed: () => state.needed,
    isOpen: () => state.open,
    apply() {
      demand.cancelClosing();
      if (state.open && !demand.isNeeded) state.closings += 1;
      state.open = demand.isNeeded;
    },
    closeAfter,
  });
  return { state, demand };
}

test('it stays open during the work that requested it, however short the closing delay is', async () => {
  const { state, demand } = onDemand(1);
  await demand.during(async () => {
    const other = onDemand(20);
    await other.demand.during(async () => {});
    await eventually(() => expect(other.state.closings).toBe(1));
    expect(state.open).toBe(true);
  });
  await eventually(() => expect(state.open).toBe(false));
});

test('failed work closes it as well', async () => {
  const { state, demand } = onDemand(1);
  await expect(demand.during(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  await eventually(() => expect(state.closings).toBe(1));
});

test('a need that returns before the delay cancels the closing', async () => {
  const { state, demand } = onDemand(10);
  state.needed = true;
  demand.update();
  state.needed = false;
  demand.update();
  state.needed = true;
  demand.update();
  const other = onDemand(30);
  await other.demand.during(async () => {});
  await eventually(() => expect(other.state.closings).toBe(1));
  expect(state).toEqual({ needed: true, open: true, closings: 0 });
});
