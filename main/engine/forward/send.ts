import type { ForwardAttempt } from '../../../preload/contract/index.ts';
import type { Connector } from '../connector/index.ts';
import { messageMembers } from '../messages/index.ts';
import { describeUnreachable } from '../requests/index.ts';

/** The original bytes of an event, and where they go. */
export interface Forward {
  readonly event: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly url: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Signs them again in place of the provider. */
  readonly signing?: { readonly secret: string; readonly sign: NonNullable<Connector['sign']> } | undefined;
}

interface SendOptions {
  readonly fetch: typeof globalThis.fetch;
  now(): number;
  readonly signal: AbortSignal;
}

const timeout = 10_000;
const maxAnswer = 4096;

/** Headers that describe one connection (RFC 9110, section 7.6.1), and those that the request sets itself. */
const hopByHop =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|expect|x-ringback-.*)$/;

/** Sends it once; a failure is an attempt too. Redirects are not followed. */
export async function sendForward(forward: Forward, { fetch, now, signal }: SendOptions): Promise<ForwardAttempt> {
  const { url, body } = forward;
  const at = new Date(now()).toISOString();
  const started = performance.now();
  const elapsed = (): number => Math.round(performance.now() - started);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: headersOf(forward),
      body: Buffer.from(body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    const answer = await readStart(response);
    return { at, url, status: response.status, ms: elapsed(), ...(answer ? { answer } : {}) };
  } catch (error) {
    return { at, url, ms: elapsed(), ...messageMembers('problem', describeUnreachable(error)) };
  }
}

export function isDelivered({ status = 0 }: ForwardAttempt): boolean {
  return status >= 200 && status < 300;
}

function headersOf({ headers, body, event, attempt, signing }: Forward): Record<string, string> {
  const connection = headers.connection?.toLowerCase().split(/[\s,]+/) ?? [];
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.test(name) && !connection.includes(name));
  return {
    ...Object.fromEntries(kept),
    ...(signing ? signing.sign(body, signing.secret) : {}),
    'x-ringback-event': event,
    'x-ringback-attempt': String(attempt),
  };
}

async function readStart(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxAnswer) break;
  }
  return Buffer.concat(chunks).subarray(0, maxAnswer).toString('utf8');
}
