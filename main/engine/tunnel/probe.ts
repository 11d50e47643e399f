import { randomBytes } from 'node:crypto';
import { RingbackError } from '../errors.ts';
import { type Echo, instanceIn } from '../ingress/index.ts';
import { type Message, tunnelMessages } from '../messages/index.ts';
import { networkFailure } from '../requests/index.ts';
import { readStart } from './providers/index.ts';

interface ProbeOptions {
  readonly url: string;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds for the whole exchange. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** A longer response is a different page. */
const maxAnswerLength = 256;

/** As long and as odd as a callback: whatever changes such a body on the way would break its signature. */
function echoBody(nonce: string): string {
  return `{ "ringback":"echo",\r\n  "nonce": "${nonce}", "text": "Grüße, 日本 / \\u00e9", "number": 1.0, "padding": "${' '.repeat(1500)}" }\n`;
}

/** An echo answer, though perhaps to other bytes. */
const answerPattern = /^[0-9a-f]{64}$/;

/** Sends a fresh body through the public URL; undefined where the answer to exactly it came back, else what is wrong. */
export async function probe({ url, echo, fetch, deadline, signal }: ProbeOptions): Promise<RingbackError | undefined> {
  const body = echoBody(echo.nonce());
  try {
    const { response, text } = await send(`${url}/in/${echo.key}`, body, { fetch, deadline, signal });
    if (response.ok && echo.isAnswer(body, text)) return undefined;
    const isAnswerToOther = response.ok && answerPattern.test(text);
    const message = isAnswerToOther ? tunnelMessages.bodyChanged() : explainStatus(response.status);
    return new RingbackError('provider', message);
  } catch (error) {
    const message = tunnelMessages.noResponse({ url, ...networkFailure(error) });
    return new RingbackError('offline', message, { cause: error });
  }
}

interface InstanceOptions extends Omit<ProbeOptions, 'echo'> {
  /** The address key of these data, which another computer with a copy of them has, too. */
  readonly key: string;
  /** The secret of these data, by which the answer is verified; never sent. */
  readonly sharedKey: string;
  readonly instance: string;
}

/** Whether another process than this one answers there with the same data; nobody else can answer a fresh body. */
export async function isOtherInstance({
  url,
  key,
  sharedKey,
  instance,
  ...options
}: InstanceOptions): Promise<boolean> {
  const body = echoBody(randomBytes(16).toString('hex'));
  try {
    const { response, text } = await send(`${url}/in/${key}`, body, options);
    const other = response.ok ? instanceIn(text, sharedKey, body) : undefined;
    return other !== undefined && other !== instance;
  } catch {
    return false;
  }
}

async function send(
  url: string,
  body: string,
  { fetch, deadline, signal }: Pick<ProbeOptions, 'fetch' | 'deadline' | 'signal'>,
): Promise<{ readonly response: Response; readonly text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    // Public relays show browsers a reminder page; a kept-alive connection would verify nothing new.
    headers: {
      'user-agent': 'ringback-echo',
      'bypass-tunnel-reminder': 'ringback',
      'content-type': 'application/json',
      connection: 'close',
    },
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
  });
  return { response, text: await readStart(response, maxAnswerLength) };
}

function explainStatus(status: number): Message {
  if (status >= 300 && status < 400) return tunnelMessages.redirect({ status });
  if (status >= 502 && status <= 504) return tunnelMessages.gatewayError({ status });
  return tunnelMessages.differentPage({ status });
}
