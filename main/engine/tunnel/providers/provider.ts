import { normalizeAddress, type TunnelSettings } from '../../../../preload/contract/index.ts';
import { RingbackError } from '../../errors.ts';
import type { Message } from '../../messages/index.ts';
import type { FindProxy } from '../../ports.ts';

/** An open connection of a tunnel provider: a public URL that leads to the receiver. */
export interface ProviderConnection {
  readonly url: string;
  /** What the user should know although it works. */
  readonly remark?: Message;
  /** Milliseconds in which the first echo may fail: the provider is still publishing the URL. */
  readonly startupGrace?: number;
  /** It reconnects by itself: milliseconds without an echo until a new connection is worth opening. */
  readonly reconnectGrace?: number;
  close(): Promise<void>;
}

export interface ProviderOptions {
  /** Port of the receiver. */
  readonly port: number;
  readonly fetch: typeof globalThis.fetch;
  readonly findProxy: FindProxy;
  /** Environment of the programs that some providers run; its PATH is where they are searched. */
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds until opening counts as failed. */
  readonly deadline: number;
  /** Milliseconds before a provider repeats one of its steps. */
  readonly pause: number;
  /** Aborts opening; nothing is left open. */
  readonly signal: AbortSignal;
  /** Called when the connection may have been interrupted; with a reason where it certainly was. */
  onInterrupted(reason?: RingbackError): void;
}

/** A failure after which the provider must not be tried again soon, even on request. */
export class CooldownError extends RingbackError {
  /** Milliseconds. */
  readonly cooldown: number;

  constructor(message: Message, cooldown: number, options: ErrorOptions = {}) {
    super('provider', message, options);
    this.cooldown = cooldown;
  }
}

export type ProviderSettings = Exclude<TunnelSettings, { provider: 'off' }>;

/** The settings of one provider. */
export type SettingsOf<Provider extends ProviderSettings['provider']> = Omit<
  Extract<ProviderSettings, { provider: Provider }>,
  'provider'
>;

/** The public URL that the user configured, as it is used; undefined where the provider assigns one. */
export function configuredUrl(settings: TunnelSettings): string | undefined {
  return 'url' in settings && settings.url !== undefined ? normalizeAddress(settings.url) : undefined;
}
