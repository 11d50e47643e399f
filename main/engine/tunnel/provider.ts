import type { TunnelSettings } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';

/** One way from a public address to the receiver. */
export interface ProviderConnection {
  readonly url: string;
  /** What the user should know although it works. */
  readonly remark?: string;
  /** Its first echo may fail for so long, in milliseconds: the far side is still being told. */
  readonly startupGrace?: number;
  /** It repairs itself: only after so many milliseconds without an echo is another one worth opening. */
  readonly reconnectGrace?: number;
  close(): Promise<void>;
}

export interface ProviderOptions {
  /** Port of the receiver. */
  readonly port: number;
  readonly fetch: typeof globalThis.fetch;
  /** Of the programs that some ways run, and where these are found. */
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds until opening counts as failed. */
  readonly deadline: number;
  /** Milliseconds before a way tries one thing again. */
  readonly pause: number;
  /** Ends opening; nothing survives it. */
  readonly signal: AbortSignal;
  /** To be called when the way may have been cut; with a reason where it certainly was. */
  onInterrupted(reason?: RingbackError): void;
}

/** A failure after which the same must not be tried again soon, whoever asks. */
export class CooldownError extends RingbackError {
  /** Milliseconds. */
  readonly cooldown: number;

  constructor(message: string, cooldown: number, options: ErrorOptions = {}) {
    super('provider', message, options);
    this.cooldown = cooldown;
  }
}

export type ProviderSettings = Exclude<TunnelSettings, { provider: 'off' }>;

/** The address as it is used, where the user gave one. */
export function configuredUrl(settings: TunnelSettings): string | undefined {
  return 'url' in settings && settings.url !== undefined ? normalizeUrl(settings.url) : undefined;
}

/** The user's own address as it is used. */
export function normalizeUrl(url: string): string {
  return url.replace(/\/+$/, '');
}
