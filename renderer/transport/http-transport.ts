import type { Answer, Change, Input, MethodName } from '../../preload/contract/index.ts';
import { createSignal } from '../signal.ts';
import { readLines } from './lines.ts';
import type { HostState, Transport } from './transport.ts';

interface HttpOptions {
  /** Origin of the host, without a trailing slash. */
  readonly base: string;
  readonly token?: string;
  /** Milliseconds to wait before the given attempt (1, 2, …) to reconnect. */
  pause?(attempt: number): number;
}

/** Connects to the headless host. Reopens the stream of changes whenever it ends; each stream starts with `ready`. */
export function createHttpTransport({ base, token, pause = backOff }: HttpOptions): Transport {
  const state = createSignal<HostState>(token ? 'connecting' : 'unauthenticated');
  const authorization = { authorization: `Bearer ${token ?? ''}` };
  const pauses = createPauses();

  async function ask<M extends MethodName>(method: M, input: Input<M>): Promise<Answer<M>> {
    const headers = { ...authorization, 'content-type': 'application/json' };
    try {
      const response = await fetch(`${base}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(input) });
      return asAnswer<M>(await response.json());
    } catch {
      return failure('offline', 'Ringback does not answer. Check that it is running, then try again.');
    }
  }

  function listen(listener: (change: Change) => void): () => void {
    const stop = new AbortController();
    if (token) void follow(listener, stop.signal);
    return () => stop.abort();
  }

  async function follow(listener: (change: Change) => void, signal: AbortSignal): Promise<void> {
    let attempt = 0;
    while (!signal.aborted) {
      const outcome = await readChanges(`${base}/api/changes`, { headers: authorization, signal }, (change) => {
        if (change.type === 'ready') {
          attempt = 0;
          state.set('connected');
        }
        listener(change);
      });
      if (signal.aborted) return;
      state.set(outcome);
      if (outcome === 'rejected') return;
      await pauses.wait(pause(++attempt), signal);
    }
  }

  return {
    ask,
    listen,
    state,
    retry: pauses.end,
  };
}

/** Reads the stream until it ends; reports where the token is rejected. */
async function readChanges(
  url: string,
  init: RequestInit,
  listener: (change: Change) => void,
): Promise<'disconnected' | 'rejected'> {
  try {
    const response = await fetch(url, init);
    if (response.status === 401) return 'rejected';
    if (!response.ok || !response.body) return 'disconnected';
    for await (const line of readLines(response.body)) listener(JSON.parse(line) as Change);
  } catch {
    // The stream was cut off; the caller reopens it.
  }
  return 'disconnected';
}

/** Delays between attempts, which the user can end. */
function createPauses() {
  const waiting = new Set<() => void>();
  return {
    end(): void {
      for (const end of [...waiting]) end();
    },
    /** Resolves after so many milliseconds, or when the signal aborts or `end` is called. */
    wait(milliseconds: number, signal: AbortSignal): Promise<void> {
      return new Promise((resolve) => {
        const timer = setTimeout(end, milliseconds);
        signal.addEventListener('abort', end);
        waiting.add(end);
        function end(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          waiting.delete(end);
          resolve();
        }
      });
    },
  };
}

/** 0.5 s, 1 s, 2 s … 15 s, with up to a fifth of jitter, so that several windows do not reconnect at the same time. */
function backOff(attempt: number): number {
  return Math.min(15_000, 250 * 2 ** attempt) * (1 + Math.random() / 5);
}

function asAnswer<M extends MethodName>(body: unknown): Answer<M> {
  if (typeof body === 'object' && body !== null && 'ok' in body) return body as Answer<M>;
  return failure('internal', 'Ringback answered something this window does not understand. Reload the window.');
}

function failure(code: 'offline' | 'internal', message: string) {
  return { ok: false, problem: { code, message } } as const;
}
