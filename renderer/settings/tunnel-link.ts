import type { Settings, TunnelLink, TunnelStatus } from '../../preload/contract.ts';
import { type WayDraft, wayOf, waysIn } from './tunnel-draft.ts';

/** How a way of the form stands; undefined where it is not saved as it is typed, or the tunnel is closed. */
export function linkOf(
  way: WayDraft,
  settings: Pick<Settings, 'tunnel' | 'tunnelFallbacks'>,
  { chain, ...status }: TunnelStatus,
): TunnelLink | undefined {
  if (status.state === 'off' || status.state === 'idle') return undefined;
  const typed = textOf(wayOf(way));
  const index = waysIn(settings).findIndex((saved) => textOf(saved) === typed);
  if (index < 0) return undefined;
  return chain ? chain[index] : { ...status, state: status.state, used: true, proving: false };
}

function textOf(way: object): string {
  return JSON.stringify(
    Object.entries(way)
      .filter(([, value]) => value !== undefined)
      .sort(),
  );
}
