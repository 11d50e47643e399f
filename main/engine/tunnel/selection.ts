/** How one of several ways stands. */
export interface ProviderHealth {
  /** Its echo came back. */
  readonly up: boolean;
  /** How often it failed since it was last steady. */
  readonly failures: number;
  /** Up for more than a moment. */
  readonly settled: boolean;
}

/** A way that failed so often is given up until it is steady again. */
const maxFailures = 2;

export function isExhausted({ failures }: ProviderHealth): boolean {
  return failures >= maxFailures;
}

/**
 * Which way is used, the first being the one the user likes best. The present one stays until it has failed twice, or one
 * before it works and has not failed, or has been steady since; so that nothing moves to and fro.
 */
export function selectProvider(ways: readonly ProviderHealth[], present: number): number {
  const used = ways[present];
  const isTrusted = ({ up, failures }: ProviderHealth): boolean => up && failures === 0;
  if (used && (used.up || !isExhausted(used))) {
    const better = ways.findIndex(isTrusted);
    return better >= 0 && better < present ? better : present;
  }
  // Where all had failed, the network is back this very moment: one that comes a little later may be better.
  const next = ways.findIndex((way) => isTrusted(way) || (way.up && way.settled));
  return next >= 0 ? next : present;
}

/** Whether it is kept open: the one that is used, all before it, which may recover, and the next after each that was given up. */
export function shouldBeOpen(ways: readonly ProviderHealth[], present: number, index: number): boolean {
  return index <= present || ways.slice(present, index).every(isExhausted);
}
