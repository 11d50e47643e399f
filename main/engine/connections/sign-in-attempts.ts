import { randomBytes } from 'node:crypto';
import { RingbackError, toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { connectionMessages, type Message } from '../messages/index.ts';
import { minutes } from '../timing/index.ts';
import type { Connections } from './connections.ts';
import { openSignInListener, type SignInListener } from './sign-in-listener.ts';
import { openSignIn } from './sign-in-support.ts';
import type { SignInAttemptState } from './view.ts';

interface SignInAttemptsOptions {
  readonly connections: Connections;
  /** Of each connection the attempt in progress, or why the last one failed. */
  readonly states: Map<string, SignInAttemptState>;
  readonly log: Log;
  warn(message: string | Message): void;
  changed(): void;
  /** Somebody signed in. */
  signedIn(id: string): void;
  /** Milliseconds to wait for the browser's redirect. */
  readonly timeout?: number;
}

interface SignInAttempt {
  readonly listener: SignInListener;
  /** The page to open in the browser. */
  readonly url: string;
}

/** Sign-ins in the browser, at most one at a time for each connection. */
interface SignInAttempts {
  /** Joins an attempt in progress. */
  start(id: string): Promise<SignInAttempt>;
  cancel(id: string): Promise<void>;
  close(): Promise<void>;
}

export function createSignInAttempts(options: SignInAttemptsOptions): SignInAttempts {
  const { connections, log, changed, states } = options;
  const attempts = new Map<string, Promise<SignInAttempt>>();
  let closing = false;

  const conclude = async (id: string, finished: Promise<void>): Promise<void> => {
    const problem = await finished.then(
      () => undefined,
      (error: unknown) => error,
    );
    attempts.delete(id);
    states.delete(id);
    if (problem !== undefined && !(problem instanceof Cancelled)) {
      if (!(problem instanceof RingbackError)) log.warn('connections', `A sign-in failed: ${describe(problem)}`);
      states.set(id, failedAttempt(problem));
    }
    if (!closing) changed();
  };

  const open = async (id: string): Promise<SignInAttempt> => {
    const { listener, url, finish } = await openAttempt(options, id);
    states.set(id, { redirectUri: listener.redirectUri });
    void conclude(
      id,
      finishSignIn(options, id, async () => finish(await listener.answer)),
    );
    return { listener, url };
  };

  const cancel = async (id: string): Promise<void> => {
    states.delete(id);
    const attempt = await attempts.get(id)?.catch(() => undefined);
    await attempt?.listener.close(cancelled());
  };

  return {
    start(id) {
      const running = attempts.get(id);
      if (running) return running;
      const started = open(id);
      attempts.set(id, started);
      started.then(changed, (error: unknown) => {
        attempts.delete(id);
        if (!connections.list().some((one) => one.id === id && one.signIn)) return;
        states.set(id, failedAttempt(error));
        changed();
      });
      return started;
    },
    cancel,
    async close() {
      closing = true;
      await Promise.all([...attempts.keys()].map(cancel));
    },
  };
}

/** Opens the listener first, so that the redirect cannot arrive too early. */
async function openAttempt({ connections, timeout = minutes(5) }: SignInAttemptsOptions, id: string) {
  const { support, context, provider } = openSignIn(connections, id);
  const port = context.settings[support.portField];
  const state = randomBytes(32).toString('base64url');
  const ports = port ? [Number(port)] : support.ports;
  const listener = await openSignInListener({ ports, path: support.path, state, provider, timeout });
  try {
    const { url, finish } = await support.start(context, state, listener.redirectUri);
    return { listener, url, finish };
  } catch (error) {
    await listener.close(cancelled());
    throw error;
  }
}

/** Warns where somebody else signed in than before. */
async function finishSignIn(
  { connections, warn, signedIn }: SignInAttemptsOptions,
  id: string,
  finish: () => Promise<void>,
): Promise<void> {
  const previous = connections.list().find((one) => one.id === id)?.account;
  await finish();
  const { name, account = '' } = await connections.check(id);
  if (previous && account !== previous) warn(connectionMessages.accountChanged({ name, account, previous }));
  signedIn(id);
}

function failedAttempt(error: unknown): SignInAttemptState {
  const { message, reason } = toProblem(error);
  return { problem: message, problemMessage: reason };
}

class Cancelled extends RingbackError {}

function cancelled(): Cancelled {
  return new Cancelled('conflict', connectionMessages.signInCancelled());
}
