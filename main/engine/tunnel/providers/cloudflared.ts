import { devNull } from 'node:os';
import { isSafeAddress, normalizeAddress } from '../../../../preload/contract/index.ts';
import { RingbackError } from '../../errors.ts';
import { type ProgramOutcome, tunnelMessages } from '../../messages/index.ts';
import { minutes } from '../../timing/index.ts';
import { lastLine, openProcessProvider } from './process-provider.ts';
import { CooldownError, type ProviderConnection, type ProviderOptions, type SettingsOf } from './provider.ts';

/** Milliseconds until the name of a new quick tunnel is known everywhere. */
const startupGrace = 30_000;
/** It reconnects by itself under the same URL; a new quick tunnel would get another URL, and too many are rejected. */
const reconnectGrace = minutes(5);
/** Milliseconds until another quick tunnel may be requested after one ended. */
const cooldownAfterEnd = minutes(1);
/** The same after Cloudflare rejected one because of its rate limit. */
const cooldownAfterRateLimit = minutes(10);

/** Where quick tunnels are requested, the only requests of cloudflared that can take a proxy. */
const requestServer = { host: 'api.trycloudflare.com', port: 443 } as const;
/** The port of Cloudflare that it connects to, past any proxy. */
const edgePort = 7844;

/** Runs the user's own `cloudflared`: a quick tunnel, or a named one with its configured URL. */
export async function openCloudflared(
  { tunnel, url }: SettingsOf<'cloudflared'>,
  options: ProviderOptions,
): Promise<ProviderConnection> {
  const proxy = await options.findProxy(requestServer);
  const target = ['--no-autoupdate', '--url', `http://127.0.0.1:${options.port}`];
  const named = tunnel !== undefined && url !== undefined ? { tunnel, url: normalizeAddress(url) } : undefined;
  return openProcessProvider(
    {
      name: 'cloudflared',
      // A quick tunnel does not open while the configuration of a named one is read.
      parameters: named ? ['tunnel', ...target, 'run', named.tunnel] : ['tunnel', '--config', devNull, ...target],
      missing: tunnelMessages.cloudflaredMissing(),
      // A name that is looked up before the tunnel is connected would be cached as unknown.
      findUrl: (output) => (isConnected(output) ? (named?.url ?? findQuickUrl(output)) : undefined),
      explain: (output, outcome) => explainFailure(output, outcome, { tunnel: named?.tunnel, proxy: proxy?.name }),
      startupGrace,
      reconnectGrace,
    },
    proxy ? { ...options, environment: { ...options.environment, ...proxyVariables(proxy.url) } } : options,
  );
}

function proxyVariables(url: string): NodeJS.ProcessEnv {
  return { HTTPS_PROXY: url, https_proxy: url };
}

function isConnected(output: readonly string[]): boolean {
  return output.some((line) => /Registered tunnel connection|Connection \S+ registered/.test(line));
}

/** The URL of a quick tunnel, which is printed alone in a frame, unlike links to pages. */
function findQuickUrl(output: readonly string[]): string | undefined {
  const url = output.map((line) => /\|\s+(https?:\/\/[^\s|]+)\s+\|/.exec(line)?.[1] ?? '').find(isSafeAddress);
  return url === undefined ? undefined : normalizeAddress(url);
}

interface Attempt {
  readonly tunnel: string | undefined;
  readonly proxy: string | undefined;
}

function explainFailure(output: readonly string[], outcome: ProgramOutcome, { tunnel, proxy }: Attempt): RingbackError {
  const text = output.join('\n');
  if (/\b429\b|Too Many Requests|error code: 1015/i.test(text)) {
    const wait = { minutes: cooldownAfterRateLimit / minutes(1) };
    return new CooldownError(tunnelMessages.quickTunnelsLimited(wait), cooldownAfterRateLimit);
  }
  const parameters = { outcome, output: lastError(output) };
  const past = proxy === undefined ? {} : { proxy, edgePort };
  if (tunnel === undefined) {
    return new CooldownError(tunnelMessages.quickTunnelFailed({ ...parameters, ...past }), cooldownAfterEnd);
  }
  if (/origin cert|credentials file|not found|Unauthorized/i.test(text)) {
    return new RingbackError('unauthorized', tunnelMessages.namedTunnelRejected({ tunnel, output: parameters.output }));
  }
  return new RingbackError('offline', tunnelMessages.namedTunnelFailed({ tunnel, ...parameters, ...past }));
}

/** Its last error, else its last line, without time and level. */
function lastError(output: readonly string[]): string {
  const errors = output.filter((line) => /\bERR\b|error|failed/i.test(line));
  const [last = ''] = (errors.length > 0 ? errors : output).slice(-1);
  return lastLine([last.replace(/^\S+Z (INF|WRN|ERR|FTL) /, '')]);
}
