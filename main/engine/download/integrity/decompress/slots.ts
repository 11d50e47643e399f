/** Memory of both threads: the decoder's fills a slot while the other reads earlier ones. */
export interface Slots {
  readonly memory: SharedArrayBuffer;
  /** How many slots the reader has emptied. */
  readonly emptied: Int32Array<SharedArrayBuffer>;
}

export const slotBytes = 256 * 1024;
const slots = 4;

export function createSlots(): Slots {
  return {
    memory: new SharedArrayBuffer(slots * slotBytes),
    emptied: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)),
  };
}

/** The slot that is filled as the one with that number, counted from zero. */
export function slotAt({ memory }: Slots, number: number): Buffer {
  return Buffer.from(memory, (number % slots) * slotBytes, slotBytes);
}

export function emptySlot({ emptied }: Slots): void {
  Atomics.add(emptied, 0, 1);
  Atomics.notify(emptied, 0);
}

/** Waits, without running anything else in this thread, until the slot with that number may be filled. */
export function awaitSlot({ emptied }: Slots, number: number): void {
  for (;;) {
    const count = Atomics.load(emptied, 0);
    if (number - count < slots) return;
    Atomics.wait(emptied, 0, count);
  }
}
