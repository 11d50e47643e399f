import { devNull } from 'node:os';
import { isSafeAddress, type TunnelSettings } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import { lastLine, openProcessProvider } from './process-provider.ts';
import { CooldownError, normalizeUrl, type ProviderConnection, type ProviderOptions } from './provider.ts';

export type CloudflaredSettings = Omit<Extract<TunnelSettings, { provider: 'cloudflared' }>, 'provider'>;

/** Milliseconds until the name of a new quick tunnel is known everywhere. */
const settles = 30_000;
/** It connects again by itself, under the same address: another quick tunnel would have another, and too many are refused. */
const repairs = 5 * 60_000;
/** Milliseconds after which another may be asked for, and after it was refused for asking too often. */
const restFor = { ended: 60_000, refused: 10 * 60_000 } as const;

/** Runs the user's own `cloudflared`: a quick tunnel, or a named one under the address that the user gave it. */
export function openCloudflared(
  { tunnel, url }: CloudflaredSettings,
  options: ProviderOptions,
): Promise<ProviderConnection> {
  const target = ['--no-autoupdate', '--url', `http://127.0.0.1:${options.port}`];
  const isConnected = (said: readonly string[]): boolean =>
    said.some((line) => /Registered tunnel connection|Connection \S+ registered/.test(line));
  const isNamed = tunnel !== undefined && url !== undefined;
  return openProcessProvider(
    {
      name: 'cloudflared',
      // A quick tunnel would refuse to open beside the configuration of a named one.
      parameters: isNamed ? ['tunnel', ...target, 'run', tunnel] : ['tunnel', '--config', devNull, ...target],
      installHint: 'Install it from Cloudflare; Ringback finds it by itself.',
      // Asked for before the tunnel stands, its name would be remembered as unknown.
      findUrl: (said) => (isConnected(said) ? (isNamed ? normalizeUrl(url) : toldUrl(said)) : undefined),
      explain: (said, happened) => explain(said, happened, tunnel),
      startupGrace: settles,
      reconnectGrace: repairs,
    },
    options,
  );
}

/** It stands alone in a frame, unlike the pages it refers to. */
function toldUrl(said: readonly string[]): string | undefined {
  return said
    .map((line) => /\|\s+(https?:\/\/[^\s|]+)\s+\|/.exec(line)?.[1] ?? '')
    .find(isSafeAddress)
    ?.replace(/\/+$/, '');
}

function explain(said: readonly string[], happened: string, tunnel: string | undefined): RingbackError {
  const text = said.join('\n');
  if (/\b429\b|Too Many Requests|error code: 1015/i.test(text)) {
    return new CooldownError(
      'Cloudflare gives no more quick tunnels for now, since too many were asked for (status 429). It is asked again in about 10 minutes; a named tunnel has no such limit.',
      restFor.refused,
    );
  }
  if (tunnel === undefined)
    return new CooldownError(`The quick tunnel of cloudflared ${happened}${reason(said)}.`, restFor.ended);
  if (/origin cert|credentials file|not found|Unauthorized/i.test(text)) {
    const message = `cloudflared may not open the tunnel ${tunnel}${reason(said)}. Run "cloudflared tunnel login" and "cloudflared tunnel list" in a terminal, and give its name as it stands there.`;
    return new RingbackError('unauthorized', message);
  }
  return new RingbackError('offline', `The tunnel ${tunnel} of cloudflared ${happened}${reason(said)}.`);
}

/** Its last complaint, else its last words, without time and level. */
function reason(said: readonly string[]): string {
  const complaints = said.filter((line) => /\bERR\b|error|failed/i.test(line));
  const [last = ''] = (complaints.length > 0 ? complaints : said).slice(-1);
  return lastLine([last.replace(/^\S+Z (INF|WRN|ERR|FTL) /, '')]);
}
