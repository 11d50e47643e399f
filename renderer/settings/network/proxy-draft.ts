import type { NetworkChange, NetworkSettings } from '../../../preload/contract/index.ts';

type Proxy = NonNullable<NetworkSettings['proxy']>;
type ProxyMode = Proxy['mode'];
export const proxyModes: readonly ProxyMode[] = ['system', 'none', 'manual'];

/** The values of the form. They never contain the stored password. */
export interface ProxyDraft {
  readonly mode: ProxyMode;
  readonly url: string;
  readonly username: string;
  /** Empty while the stored password is kept. */
  readonly password: string;
  /** Hosts that are reached directly, separated by commas, spaces or lines. */
  readonly bypass: string;
}

export function startProxy(settings: NetworkSettings | undefined): ProxyDraft {
  const proxy: Proxy = settings?.proxy ?? { mode: 'system' };
  const blank = { mode: proxy.mode, url: '', username: '', password: '', bypass: '' };
  if (proxy.mode !== 'manual') return blank;
  return { ...blank, url: proxy.url, username: proxy.username ?? '', bypass: (proxy.bypass ?? []).join(', ') };
}

/** Whether the stored password is kept: it is used only for the proxy and user name for which it was entered. */
export function isPasswordKept(settings: NetworkSettings | undefined, draft: ProxyDraft): boolean {
  const proxy = settings?.proxy;
  if (proxy?.mode !== 'manual' || proxy.hasPassword !== true) return false;
  return proxy.username === draft.username.trim() && originOf(proxy.url) === originOf(draft.url);
}

export function proxyChange(draft: ProxyDraft): NetworkChange {
  if (draft.mode !== 'manual') return { proxy: { mode: draft.mode } };
  const username = draft.username.trim();
  const bypass = draft.bypass.split(/[,;\s]+/).filter(Boolean);
  return {
    proxy: {
      mode: 'manual',
      url: withScheme(draft.url),
      ...(username ? { username } : {}),
      ...(username && draft.password ? { password: draft.password } : {}),
      ...(bypass.length > 0 ? { bypass } : {}),
    },
  };
}

/** Adds the scheme to texts such as "proxy.example:8080". */
function withScheme(url: string): string {
  const text = url.trim();
  return /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
}

function originOf(url: string): string {
  const text = withScheme(url);
  return URL.canParse(text) ? new URL(text).origin : text;
}
