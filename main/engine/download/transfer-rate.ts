interface TransferRate {
  /** Takes the bytes received so far; returns bytes per second, smoothed, once there is enough data. */
  at(bytes: number): number | undefined;
}

/** Milliseconds after which two thirds of a change of speed show. */
const smoothing = 5000;

export function createTransferRate(now: () => number): TransferRate {
  let last: { readonly time: number; readonly bytes: number } | undefined;
  let rate: number | undefined;
  return {
    at(bytes) {
      const time = now();
      // A restarted download, or a clock that was set back, tells nothing about speed.
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
