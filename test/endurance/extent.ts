/** How much a test with a full form does: `npm run test:endurance` selects the full form, everything else runs the short one. */
export function extent<T>(amounts: { readonly full: T; readonly short: T }): T {
  return process.env.RINGBACK_EXTENT === 'full' ? amounts.full : amounts.short;
}

/** How a property is tried: the same cases at each run of `npm test`, other ones and more of them by `npm run test:endurance`. */
export const trials = (count = 100): { readonly numRuns: number; readonly seed?: number } =>
  extent({ short: { numRuns: count, seed: 1 }, full: { numRuns: 10 * count } });
