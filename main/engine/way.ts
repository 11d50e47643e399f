import type { TunnelSettings } from '../../preload/contract.ts';
import { openLocaltunnel } from './localtunnel.ts';

/** One way from a public address to the receiver. */
export interface Way {
  readonly url: string;
  /** What the user should know although it works. */
  readonly remark?: string;
  close(): Promise<void>;
}

export interface WayOptions {
  /** Port of the receiver. */
  readonly port: number;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds until opening counts as failed. */
  readonly deadline: number;
  /** Milliseconds before a way tries one thing again. */
  readonly pause: number;
  /** Ends opening; nothing survives it. */
  readonly signal: AbortSignal;
  /** To be called when the way may have been cut. */
  trouble(): void;
}

/** Throws a RingbackError that says why it cannot be opened: "offline" where nobody answered. */
export function openWay(settings: Exclude<TunnelSettings, { provider: 'off' }>, options: WayOptions): Promise<Way> {
  if (settings.provider === 'localtunnel') return openLocaltunnel(settings, options);
  return Promise.resolve({ url: ownUrl(settings.url), close: () => Promise.resolve() });
}

/** The user's own address as it is used. */
export function ownUrl(url: string): string {
  return url.replace(/\/+$/, '');
}
