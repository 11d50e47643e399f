import type { Settings, TunnelLink, TunnelStatus } from '../../preload/contract/index.ts';
import { type ProviderDraft, providersIn, settingsOf } from './tunnel-draft.ts';

/** The state of a provider in the form; undefined where its values are not saved or the tunnel is closed. */
export function linkOf(
  provider: ProviderDraft,
  settings: Pick<Settings, 'tunnel' | 'tunnelFallbacks'>,
  { chain, ...status }: TunnelStatus,
): TunnelLink | undefined {
  if (status.state === 'off' || status.state === 'idle') return undefined;
  const typed = textOf(settingsOf(provider));
  const index = providersIn(settings).findIndex((saved) => textOf(saved) === typed);
  if (index < 0) return undefined;
  return chain ? chain[index] : { ...status, state: status.state, used: true, proving: false };
}

function textOf(provider: object): string {
  return JSON.stringify(
    Object.entries(provider)
      .filter(([, value]) => value !== undefined)
      .sort(),
  );
}
