import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { isSafeAddress, normalizeAddress } from '../../../../preload/contract/index.ts';
import { RingbackError } from '../../errors.ts';
import { type Message, tunnelMessages } from '../../messages/index.ts';
import { networkFailure } from '../../requests/index.ts';
import { openRelaySockets } from './localtunnel-sockets.ts';
import type { ProviderConnection, ProviderOptions, SettingsOf } from './provider.ts';
import { openProxyForwarder } from './proxy-forwarder.ts';
import { readStart } from './response-text.ts';

/** A registration as the localtunnel server's sources answer it. */
const Registration = z.object({
  id: z.string(),
  url: z.string().refine(isSafeAddress),
  ip: z.string().min(1).nullish(),
  port: z.int().min(1).max(65535),
  max_conn_count: z.int().min(1).catch(1),
});
type Registration = z.infer<typeof Registration>;

/** In pauses: a relay forgets a client about a second after its last socket, and only then is its name free again. */
const nameReleaseTime = 1.5;

/** Registers at the relay; resolves with the first connected socket, which does not verify that callbacks arrive. */
export async function openLocaltunnel(
  settings: SettingsOf<'localtunnel'>,
  options: ProviderOptions,
): Promise<ProviderConnection> {
  const server = normalizeAddress(settings.host);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.deadline)]);
  const registration = await registerAs(server, settings.subdomain, { ...options, signal });
  const { id, url, ip, port } = registration;
  const host = ip ?? new URL(server).hostname.replace(/^\[|\]$/g, '');
  const proxy = await options.findProxy({ host, port });
  const forwarder = proxy && (await openProxyForwarder(proxy, { host, port }));
  const address = forwarder ? { host: '127.0.0.1', port: forwarder.port } : { host, port };
  const sockets = openRelaySockets({ ...address, count: registration.max_conn_count }, options);
  const close = async (): Promise<void> => {
    await sockets.close();
    await forwarder?.close();
  };
  signal.addEventListener('abort', sockets.abort, { once: true });
  try {
    await sockets.connected;
  } catch (error) {
    await close();
    throw new RingbackError('provider', tunnelMessages.serverPortUnreachable({ server, port }), { cause: error });
  }
  const remark = compareNames(settings.subdomain, id);
  return { url: normalizeAddress(url), ...(remark ? { remark } : {}), close };
}

function compareNames(requested: string | undefined, assigned: string): Message | undefined {
  if (requested === undefined || requested === assigned) return undefined;
  return tunnelMessages.differentName({ requested, assigned });
}

/** A registration is a hundred characters long. */
const maxAnswerLength = 64 * 1024;

type RegisterOptions = Pick<ProviderOptions, 'fetch' | 'pause' | 'signal'>;

/** Registers again where another name was assigned: the requested one may still belong to our previous connection. */
async function registerAs(
  server: string,
  subdomain: string | undefined,
  options: RegisterOptions,
): Promise<Registration> {
  const first = await register(server, subdomain, options);
  if (subdomain === undefined || first.id === subdomain) return first;
  await delay(nameReleaseTime * options.pause, undefined, { signal: options.signal }).catch(() => {});
  return register(server, subdomain, options);
}

async function register(
  server: string,
  subdomain: string | undefined,
  { fetch, signal }: RegisterOptions,
): Promise<Registration> {
  const headers = { 'user-agent': 'ringback', accept: 'application/json', 'bypass-tunnel-reminder': 'ringback' };
  let status: number;
  let body: unknown;
  try {
    const response = await fetch(`${server}/${subdomain ?? '?new'}`, { headers, signal });
    status = response.status;
    body = parse(await readStart(response, maxAnswerLength));
    signal.throwIfAborted();
  } catch (error) {
    const message = tunnelMessages.serverNoResponse({ server, ...networkFailure(error) });
    throw new RingbackError('offline', message, { cause: error });
  }
  const registration = Registration.safeParse(body);
  if (status === 200 && registration.success) return registration.data;
  throw new RingbackError('provider', tunnelMessages.noUrlAssigned({ server, status, detail: detailOf(body) }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The relay's reason for assigning none; empty where it gives none. */
function detailOf(body: unknown): string {
  const { data } = z.object({ message: z.string().min(1).max(200) }).safeParse(body);
  return data ? data.message.replace(/(?<![\s.])[\s.]+$/, '') : '';
}
