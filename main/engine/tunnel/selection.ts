/** How a configured provider is doing. */
export interface ProviderHealth {
  /** Its echo came back. */
  readonly up: boolean;
  /** How often it failed since it was last stable. */
  readonly failures: number;
  /** Up for more than a moment. */
  readonly settled: boolean;
}

/** After so many failures the next provider takes over, until this one is stable again. */
const maxFailures = 2;

export function isExhausted({ failures }: ProviderHealth): boolean {
  return failures >= maxFailures;
}

/**
 * The index of the provider to use, in the user's order of preference. The current one stays until it is exhausted or a
 * preferred one works and has not failed since it was last stable; so the public URL does not move back and forth.
 */
export function selectProvider(providers: readonly ProviderHealth[], current: number): number {
  const used = providers[current];
  const isTrusted = ({ up, failures }: ProviderHealth): boolean => up && failures === 0;
  if (used && (used.up || !isExhausted(used))) {
    const preferred = providers.findIndex(isTrusted);
    return preferred >= 0 && preferred < current ? preferred : current;
  }
  // Where all had failed, the network has just come back: a preferred one may follow within moments.
  const next = providers.findIndex((provider) => isTrusted(provider) || (provider.up && provider.settled));
  return next >= 0 ? next : current;
}

/** Whether it stays open: the used one, all before it, which may recover, and the next after each exhausted one. */
export function shouldBeOpen(providers: readonly ProviderHealth[], current: number, index: number): boolean {
  return index <= current || providers.slice(current, index).every(isExhausted);
}
