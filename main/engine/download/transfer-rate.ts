export interface TransferRate {
  /** To be told how far it is; gives bytes per second, smoothed, once there is enough to tell. */
  at(bytes: number): number | undefined;
}

/** After this long a change of speed shows for two thirds. */
const smoothing = 5000;

export function createTransferRate(now: () => number): TransferRate {
  let last: { readonly time: number; readonly bytes: number } | undefined;
  let rate: number | undefined;
  return {
    at(bytes) {
      const time = now();
      // A download that starts over, or a clock that was put back, says nothing about speed.
      if (last === undefined || bytes < last.bytes || time < last.time) last = { time, bytes };
      const elapsed = time - last.time;
      if (elapsed === 0) return rate;
      const present = ((bytes - last.bytes) / elapsed) * 1000;
      const weight = 1 - Math.exp(-elapsed / smoothing);
      rate = rate === undefined ? present : rate + weight * (present - rate);
      last = { time, bytes };
      return rate;
    },
  };
}
