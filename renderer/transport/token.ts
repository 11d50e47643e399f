const key = 'ringback-token';

/** The token of the address (`#token=…`), then removed from the bar and stored for this tab, or the stored one. */
export function takeToken(
  location: Pick<Location, 'hash' | 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
  memory: Pick<Storage, 'getItem' | 'setItem'>,
): string | undefined {
  const given = tokenIn(location.hash);
  if (!given) return memory.getItem(key) ?? undefined;
  memory.setItem(key, given);
  history.replaceState(null, '', location.pathname + location.search);
  return given;
}

export function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || undefined;
}
