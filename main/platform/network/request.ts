import type { RequestInit as UndiciRequestInit } from 'undici';

type FetchInput = Parameters<typeof globalThis.fetch>[0];
type FetchInit = Parameters<typeof globalThis.fetch>[1];

interface FetchRequest extends UndiciRequestInit {
  readonly url: string;
}

/** Converts the arguments of `fetch` for undici, which does not accept Node's Request class. */
export async function readRequest(input: FetchInput, init: FetchInit): Promise<FetchRequest> {
  const given = (init ?? {}) as UndiciRequestInit;
  if (!(input instanceof Request)) return { ...given, url: String(input) };
  const { method, redirect, signal, credentials, cache } = input;
  const headers = [...input.headers];
  // A stream would be sent without a length, which some servers reject.
  const body = input.body === null ? {} : { body: await input.arrayBuffer() };
  return { url: input.url, ...{ method, redirect, signal, credentials, cache, headers }, ...body, ...given };
}

export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
