import { type IncomingMessage, request } from 'node:http';
import type { Answer, Change, Input, MethodName, Output } from '../../preload/contract/index.ts';
import { toError } from '../engine/errors.ts';
import type { ControlDescription } from './description.ts';

/** Sends requests to a host through its control endpoint. */
export interface ControlClient {
  readonly description: ControlDescription;
  /**
   * Calls a method. Throws a problem as a RingbackError, and a HostGoneError where the host has stopped or does not
   * respond until the signal aborts.
   */
  ask<M extends MethodName>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>>;
  /** The changes that the host reports, until the signal aborts; throws a HostGoneError where the host stops. */
  changes(signal: AbortSignal): AsyncGenerator<Change>;
  /** Shows the window of the desktop application; false where the host has none. */
  showWindow(): Promise<boolean>;
  /** Replaces the token; clients with the previous one, including this one, are rejected from then on. */
  rotateToken(): Promise<void>;
}

/** No host answers at the control endpoint. */
export class HostGoneError extends Error {
  override readonly name = 'HostGoneError';
}

export function createControlClient(description: ControlDescription): ControlClient {
  const post = async (path: string, input: unknown, signal?: AbortSignal): Promise<unknown> => {
    const response = await send(description, 'POST', path, JSON.stringify(input), signal);
    const answer = JSON.parse(await readText(response)) as Answer<MethodName>;
    if (answer.ok) return answer.value;
    throw toError(answer.problem);
  };
  return {
    description,
    ask: async (method, input, signal) => (await post(`/api/${method}`, input, signal)) as Output<typeof method>,
    async *changes(signal) {
      const response = await send(description, 'GET', '/api/changes', undefined, signal);
      try {
        for await (const line of linesOf(response)) yield JSON.parse(line) as Change;
      } catch (error) {
        if (!signal.aborted) throw new HostGoneError('The host ended.', { cause: error });
      }
      if (!signal.aborted) throw new HostGoneError('The host ended.');
    },
    showWindow: async () => ((await post('/window', {})) as { readonly shown: boolean }).shown,
    rotateToken: async () => void (await post('/token', {})),
  };
}

function send(
  { address, token }: ControlDescription,
  method: 'GET' | 'POST',
  path: string,
  body?: string,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  const headers = { host: 'ringback', authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath: address, path, method, headers, agent: false, ...(signal ? { signal } : {}) },
      resolve,
    );
    outgoing.on('error', (cause) => reject(new HostGoneError('No host answers.', { cause })));
    outgoing.end(body);
  });
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  // Where the consumer stops reading, the response emits an error afterwards.
  response.setEncoding('utf8').on('error', () => {});
  let rest = '';
  for await (const chunk of response) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (cause) {
    throw new HostGoneError('The host ended before it answered.', { cause });
  }
  return Buffer.concat(chunks).toString();
}
