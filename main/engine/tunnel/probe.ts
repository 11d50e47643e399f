import { RingbackError } from '../errors.ts';
import type { Echo } from '../ingress/index.ts';
import { type Message, tunnelMessages } from '../messages/index.ts';
import { networkFailure } from '../network-failure.ts';

export interface ProbeOptions {
  readonly url: string;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds for the whole exchange. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** A longer response is a different page. */
const maxAnswerLength = 256;

/** Sends a fresh nonce through the public URL; undefined where our own answer came back, else what is wrong. */
export async function probe({ url, echo, fetch, deadline, signal }: ProbeOptions): Promise<RingbackError | undefined> {
  const nonce = echo.nonce();
  try {
    const response = await fetch(`${url}/in/${echo.key}`, {
      method: 'POST',
      body: nonce,
      // Public relays show browsers a reminder page; a kept-alive connection would verify nothing new.
      headers: {
        'user-agent': 'ringback-echo',
        'bypass-tunnel-reminder': 'ringback',
        'content-type': 'text/plain',
        connection: 'close',
      },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadline)]),
    });
    const text = await readStart(response);
    if (response.ok && echo.isAnswer(nonce, text)) return undefined;
    return new RingbackError('provider', explainStatus(response.status));
  } catch (error) {
    const message = tunnelMessages.noResponse({ url, ...networkFailure(error) });
    return new RingbackError('offline', message, { cause: error });
  }
}

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > maxAnswerLength) break;
  }
  return text;
}

function explainStatus(status: number): Message {
  if (status >= 300 && status < 400) return tunnelMessages.redirect({ status });
  if (status >= 502 && status <= 504) return tunnelMessages.gatewayError({ status });
  return tunnelMessages.differentPage({ status });
}
