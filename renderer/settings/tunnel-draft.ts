import type { Settings } from '../../preload/contract.ts';

type Tunnel = Settings['tunnel'];

/** What stands in the form: the fields of every kind, so that changing the kind and back loses nothing. */
export interface TunnelDraft {
  readonly provider: Tunnel['provider'];
  readonly url: string;
  readonly host: string;
  readonly subdomain: string;
}

const publicHost = 'https://localtunnel.me';

export function startTunnel(tunnel: Tunnel): TunnelDraft {
  const local = tunnel.provider === 'localtunnel' ? tunnel : undefined;
  return {
    provider: tunnel.provider,
    url: tunnel.provider === 'fixed' ? tunnel.url : '',
    host: local?.host ?? publicHost,
    subdomain: local?.subdomain ?? '',
  };
}

/** Fields that must be filled in for this kind, and are not. */
export function missingInTunnel({ provider, url, host }: TunnelDraft): readonly ('url' | 'host')[] {
  if (provider === 'fixed' && !url.trim()) return ['url'];
  if (provider === 'localtunnel' && !host.trim()) return ['host'];
  return [];
}

export function tunnelOf({ provider, url, host, subdomain }: TunnelDraft): Tunnel {
  if (provider === 'off') return { provider };
  if (provider === 'fixed') return { provider, url: url.trim() };
  const name = subdomain.trim();
  return { provider, host: host.trim(), ...(name ? { subdomain: name } : {}) };
}
