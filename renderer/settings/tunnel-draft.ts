import type { Settings, SettingsChange, TunnelSettings } from '../../preload/contract/index.ts';
import { publicTunnelHost } from '../parts/index.ts';

export type ProviderKind = Exclude<TunnelSettings['provider'], 'off'>;
export const providerKinds: readonly ProviderKind[] = ['localtunnel', 'fixed', 'ssh', 'cloudflared'];

/** The values of one provider in the form: the fields of all kinds. */
export interface ProviderDraft {
  /** Identifies the provider when its position changes. */
  readonly key: string;
  readonly provider: ProviderKind;
  readonly url: string;
  readonly host: string;
  readonly subdomain: string;
  readonly destination: string;
  readonly port: number | string;
  readonly remotePort: number | string;
  readonly tunnel: string;
  readonly trusted: boolean;
}
export interface TunnelDraft {
  /** In the order of failover; empty where the tunnel is off. */
  readonly providers: readonly ProviderDraft[];
  readonly whenNeeded: boolean;
}
type TunnelPart = Pick<Settings, 'tunnel' | 'tunnelFallbacks' | 'tunnelWhenNeeded'>;

export function newProvider(provider: ProviderKind, key: string): ProviderDraft {
  return {
    ...{ key, provider, url: '', host: '', subdomain: '', destination: '', port: '', remotePort: '', tunnel: '' },
    trusted: false,
    ...(provider === 'localtunnel' ? { host: publicTunnelHost } : {}),
  };
}

/** The used providers, in the user's order. */
export function providersIn({
  tunnel,
  tunnelFallbacks,
}: Pick<Settings, 'tunnel' | 'tunnelFallbacks'>): TunnelSettings[] {
  return tunnel.provider === 'off' ? [] : [tunnel, ...tunnelFallbacks].filter(({ provider }) => provider !== 'off');
}

export function startTunnel(settings: TunnelPart): TunnelDraft {
  const providers = providersIn(settings).flatMap((provider, index) => {
    if (provider.provider === 'off') return [];
    const given = Object.fromEntries(Object.entries(provider).filter(([, value]) => value !== undefined));
    return { ...newProvider(provider.provider, `stored-${index}`), ...given };
  });
  return { providers, whenNeeded: settings.tunnelWhenNeeded };
}

/** The required fields of this provider that are empty. */
export function missingIn({
  provider,
  url,
  host,
  destination,
  tunnel,
}: ProviderDraft): readonly (keyof ProviderDraft)[] {
  const missing = (fields: Partial<Record<keyof ProviderDraft, string>>): (keyof ProviderDraft)[] =>
    (Object.keys(fields) as (keyof ProviderDraft)[]).filter((name) => !fields[name]?.trim());
  switch (provider) {
    case 'fixed':
      return missing({ url });
    case 'localtunnel':
      return missing({ host });
    case 'ssh':
      return missing({ destination });
    case 'cloudflared':
      return url.trim() || tunnel.trim() ? missing({ tunnel, url }) : [];
  }
}

/** Errors by field path, in the form of the form library. */
export function faultsIn({ providers }: TunnelDraft, text: string): Record<string, string> {
  return Object.fromEntries(
    providers.flatMap((provider, index) => missingIn(provider).map((name) => [`providers.${index}.${name}`, text])),
  );
}

export function settingsOf(draft: ProviderDraft): TunnelSettings {
  const { provider, port, remotePort } = draft;
  const url = draft.url.trim();
  const subdomain = draft.subdomain.trim();
  const tunnel = draft.tunnel.trim();
  switch (provider) {
    case 'fixed':
      return { provider, url, ...(draft.trusted ? { trusted: true } : {}) };
    case 'localtunnel':
      return { provider, host: draft.host.trim(), ...(subdomain ? { subdomain } : {}) };
    case 'ssh':
      return {
        provider,
        destination: draft.destination.trim(),
        ...(port === '' ? {} : { port: Number(port) }),
        ...(remotePort === '' ? {} : { remotePort: Number(remotePort) }),
        ...(url ? { url } : {}),
      };
    case 'cloudflared':
      return { provider, ...(tunnel ? { tunnel } : {}), ...(url ? { url } : {}) };
  }
}

export function changeOf({ providers, whenNeeded }: TunnelDraft): SettingsChange {
  const [tunnel = { provider: 'off' as const }, ...tunnelFallbacks] = providers.map(settingsOf);
  return { tunnel, tunnelFallbacks, tunnelWhenNeeded: whenNeeded };
}
