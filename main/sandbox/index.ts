import { type Aps, type ApsOptions, startAps } from './aps.ts';
import { type Relay, type RelayOptions, startRelay } from './relay.ts';

export interface SandboxOptions {
  readonly aps?: ApsOptions;
  readonly relay?: RelayOptions;
}

/** Stand-ins for everything outside this computer, on 127.0.0.1 only. */
export interface Sandbox {
  /** Base URL of Autodesk Platform Services. */
  readonly apsUrl: string;
  /** Host of the tunnel. */
  readonly relayUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly aps: Aps;
  readonly relay: Relay;
  stop(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const aps = await startAps(options.aps);
  const relay = await startRelay(options.relay).catch(async (error: unknown) => {
    await aps.stop();
    throw error;
  });
  return {
    apsUrl: aps.url,
    relayUrl: relay.url,
    clientId: aps.clientId,
    clientSecret: aps.clientSecret,
    aps,
    relay,
    async stop() {
      await Promise.all([aps.stop(), relay.stop()]);
    },
  };
}
