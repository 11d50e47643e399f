import { onTestFinished } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import { type Aps, type ApsOptions, startAps } from '../../../main/sandbox/aps/index.ts';
import type { Connection } from '../../../preload/contract/index.ts';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost, type TestHost, type TestHostOptions } from '../../support/test-host.ts';

export interface SignInHost extends TestHost {
  readonly aps: Aps;
  readonly port: number;
  readonly redirectUri: string;
  add(kind: 'app' | 'user' | 'public'): Promise<Connection>;
  connection(): Promise<Connection>;
  /** Signs in with a browser that allows at once. */
  signIn(id: string): Promise<Connection>;
  /** Another engine on the same store, as after a restart. */
  restart(): Promise<TestHost>;
}

/** A whole engine beside the sandbox, whose apps know the callback URL of this test. */
export async function openSignInHost(
  options: ApsOptions = {},
  host: Partial<TestHostOptions> = {},
): Promise<SignInHost> {
  const aps = await startAps({ consent: 'allow', ...options });
  onTestFinished(() => aps.stop());
  const port = await freePort();
  const redirectUri = `http://localhost:${port}/callback`;
  aps.redirectUris.push(redirectUri);
  const opened = await openTestHost({ connectors: [apsWebhooks], ...host });
  const connection = async () => (await opened.ask('connections.list', {}))[0] as Connection;
  return {
    ...opened,
    aps,
    port,
    redirectUri,
    connection,
    add: (kind) =>
      opened.ask('connections.add', {
        connector: 'aps-webhooks',
        name: 'Mine',
        settings: {
          kind,
          baseUrl: aps.url,
          clientId: kind === 'public' ? aps.publicClientId : aps.clientId,
          ...(kind === 'app' ? {} : { redirectPort: String(port) }),
        },
        secrets: kind === 'public' ? {} : { clientSecret: aps.clientSecret },
      }),
    async signIn(id) {
      const { url } = await opened.ask('connections.signIn', { id });
      await fetch(url);
      await until(async () => (await connection()).signIn?.state !== 'waiting');
      return connection();
    },
    async restart() {
      await opened.engine.close();
      return openTestHost({ connectors: [apsWebhooks], ...host, folder: opened.folder, values: opened.values });
    },
  };
}

/** The requests of one grant that reached the sandbox. */
export const tokenRequests = (aps: Aps, grant: string) =>
  aps.requests.filter(({ path, body }) => path.endsWith('/token') && body.includes(`grant_type=${grant}`));
