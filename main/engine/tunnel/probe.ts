import { RingbackError } from '../errors.ts';
import type { Echo } from '../ingress/index.ts';
import { describeUnreachable } from './unreachable.ts';

export interface ProbeOptions {
  readonly url: string;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds for the whole exchange. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** Longer texts than an answer are another page. */
const answerLimit = 256;

/** Sends a fresh nonce through the public address; undefined where our own answer came back, else what is wrong. */
export async function probe({ url, echo, fetch, deadline, signal }: ProbeOptions): Promise<RingbackError | undefined> {
  const nonce = echo.nonce();
  try {
    const response = await fetch(`${url}/in/${echo.key}`, {
      method: 'POST',
      body: nonce,
      // Browsers are shown a reminder page by public relays; a kept-alive connection would prove nothing new.
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
    return response.ok && echo.isAnswer(nonce, text)
      ? undefined
      : new RingbackError('provider', describe(response.status));
  } catch (error) {
    return new RingbackError('offline', `The address ${url} does not answer (${describeUnreachable(error)}).`, {
      cause: error,
    });
  }
}

async function readStart(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > answerLimit) break;
  }
  return text;
}

function describe(status: number): string {
  if (status >= 300 && status < 400) {
    return `The address answers with a redirect (status ${status}), which callbacks do not follow. Use the address it leads to.`;
  }
  if (status >= 502 && status <= 504)
    return `The address answers, but does not reach this computer (status ${status}).`;
  return `The address answers with another page (status ${status}).`;
}
