/** How much an endurance test does: `npm run test:endurance` selects the full form, everything else runs the short one. */
export function extent<T>(amounts: { readonly full: T; readonly short: T }): T {
  return process.env.RINGBACK_ENDURANCE === 'full' ? amounts.full : amounts.short;
}
