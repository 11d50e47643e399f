import { type Aps, type ApsOptions, startAps } from './aps/index.ts';
import { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from './autoflex/index.ts';
import { type RelayOptions, startRelay, type TunnelRelay } from './relay/index.ts';

export interface SandboxOptions {
  readonly aps?: ApsOptions;
  readonly relay?: RelayOptions;
  readonly autoflex?: AutoflexOptions;
}

/** The simulators of all services outside this computer, on 127.0.0.1 only. */
export interface Sandbox {
  /** Base URL of Autodesk Platform Services. */
  readonly apsUrl: string;
  /** The host of the tunnel. */
  readonly relayUrl: string;
  /** Base URL of Autoflex10; `autoflex` contains the credentials. */
  readonly autoflexUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly aps: Aps;
  readonly relay: TunnelRelay;
  readonly autoflex: AutoflexSandbox;
  stop(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const started = new AsyncDisposableStack();
  try {
    return await startParts(options, started);
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

async function startParts(options: SandboxOptions, started: AsyncDisposableStack): Promise<Sandbox> {
  const aps = started.adopt(await startAps(options.aps), (part) => part.stop());
  const relay = started.adopt(await startRelay(options.relay), (part) => part.stop());
  const autoflex = started.adopt(await startAutoflex(options.autoflex), (part) => part.stop());
  return {
    apsUrl: aps.url,
    relayUrl: relay.url,
    autoflexUrl: autoflex.url,
    clientId: aps.clientId,
    clientSecret: aps.clientSecret,
    aps,
    relay,
    autoflex,
    stop: () => started.disposeAsync(),
  };
}
