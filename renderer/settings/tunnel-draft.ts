import type { Settings, SettingsChange, TunnelSettings } from '../../preload/contract.ts';

export type WayKind = Exclude<TunnelSettings['provider'], 'off'>;
export const wayKinds: readonly WayKind[] = ['localtunnel', 'fixed', 'ssh', 'cloudflared'];

/** One way as it stands in the form: the fields of every kind, as typed. */
export interface WayDraft {
  /** Tells it from the others while it is moved about. */
  readonly key: string;
  readonly provider: WayKind;
  readonly url: string;
  readonly host: string;
  readonly subdomain: string;
  readonly destination: string;
  readonly port: number | string;
  readonly remotePort: number | string;
  readonly tunnel: string;
}
export interface TunnelDraft {
  /** In the order in which they are tried; none = off. */
  readonly ways: readonly WayDraft[];
  readonly whenNeeded: boolean;
}
type TunnelPart = Pick<Settings, 'tunnel' | 'tunnelFallbacks' | 'tunnelWhenNeeded'>;

const publicHost = 'https://localtunnel.me';

export function newWay(provider: WayKind, key: string): WayDraft {
  return {
    ...{ key, provider, url: '', host: '', subdomain: '', destination: '', port: '', remotePort: '', tunnel: '' },
    ...(provider === 'localtunnel' ? { host: publicHost } : {}),
  };
}

/** The ways in use, in the user's order. */
export function waysIn({ tunnel, tunnelFallbacks }: Pick<Settings, 'tunnel' | 'tunnelFallbacks'>): TunnelSettings[] {
  return tunnel.provider === 'off' ? [] : [tunnel, ...tunnelFallbacks].filter(({ provider }) => provider !== 'off');
}

export function startTunnel(settings: TunnelPart): TunnelDraft {
  const ways = waysIn(settings).flatMap((way, index) => {
    if (way.provider === 'off') return [];
    const given = Object.fromEntries(Object.entries(way).filter(([, value]) => value !== undefined));
    return { ...newWay(way.provider, `kept-${index}`), ...given };
  });
  return { ways, whenNeeded: settings.tunnelWhenNeeded };
}

/** Fields that must be filled in for this way, and are not. */
export function missingInWay({ provider, url, host, destination, tunnel }: WayDraft): readonly (keyof WayDraft)[] {
  const missing = (fields: Partial<Record<keyof WayDraft, string>>): (keyof WayDraft)[] =>
    (Object.keys(fields) as (keyof WayDraft)[]).filter((name) => !fields[name]?.trim());
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

/** The fields that are wrong, as the form library wants them told. */
export function faultsIn({ ways }: TunnelDraft, words: string): Record<string, string> {
  return Object.fromEntries(
    ways.flatMap((way, index) => missingInWay(way).map((name) => [`ways.${index}.${name}`, words])),
  );
}

export function wayOf(draft: WayDraft): TunnelSettings {
  const { provider, port, remotePort } = draft;
  const url = draft.url.trim();
  const subdomain = draft.subdomain.trim();
  const tunnel = draft.tunnel.trim();
  switch (provider) {
    case 'fixed':
      return { provider, url };
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

export function changeOf({ ways, whenNeeded }: TunnelDraft): SettingsChange {
  const [tunnel = { provider: 'off' as const }, ...tunnelFallbacks] = ways.map(wayOf);
  return { tunnel, tunnelFallbacks, tunnelWhenNeeded: whenNeeded };
}
