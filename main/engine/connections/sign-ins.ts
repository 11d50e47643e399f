import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { SignInSupport } from '../connector/index.ts';
import { RingbackError, toProblem } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue } from '../storage/index.ts';
import type { Connections } from './connections.ts';
import { openSignInListener, type SignInListener } from './sign-in-listener.ts';
import type { SignInAttemptState } from './view.ts';

/** Persons sign in, stay signed in, and sign out. */
export interface SignIns {
  /** Renews what is kept, and watches it from now on. */
  startRenewals(): void;
  /** Opens the page in the browser and waits for the answer; joins an attempt that is under way. */
  signIn(id: string): Promise<StartedSignIn>;
  cancel(id: string): Promise<void>;
  attemptOf(id: string): SignInAttemptState | undefined;
  /** To be called when what a connection keeps has changed. */
  credentialsChanged(id: string): void;
  /** Signs out, as far as the provider can be reached. */
  end(id: string): Promise<void>;
  wake(): void;
  close(): Promise<void>;
}

export interface StartedSignIn {
  readonly url: string;
  /** False where the host has no browser. */
  readonly opened: boolean;
  readonly redirectUri: string;
}

export interface SignInsOptions {
  readonly connections: Connections;
  readonly notifier: Pick<Notifier, 'queue'>;
  readonly store: Store;
  open(url: string): Promise<boolean>;
  now(): number;
  readonly log: Log;
  warn(message: string): void;
  changed(): void;
  /** Somebody signed in. */
  signedIn(id: string): void;
  /** Milliseconds to wait for the answer of the browser. */
  readonly timeout?: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A sign-in that ends within this is told, once. */
const warnAhead = 3 * day;
/** Renewed when it is older: at start, on waking, and while the process runs. */
const renewAfter = { start: minute, wake: hour, meanwhile: day } as const;
const lookEvery = 30 * minute;
/** Closing waits so long for a renewal: its answer holds the only token that still counts. */
const lastPatience = 2000;

interface Attempt {
  readonly listener: SignInListener;
  readonly url: string;
}

export function createSignIns(options: SignInsOptions): SignIns {
  const { connections, notifier, now, log, changed, timeout: patience = 5 * minute } = options;
  const warned = createStoredValue(
    options.store,
    'sign-in-warnings',
    z.record(z.string(), z.number()),
    {},
    options.warn,
  );
  const attempts = new Map<string, Promise<Attempt>>();
  const states = new Map<string, SignInAttemptState>();
  const signedIn = new Set<string>();
  let closing = false;
  let renewing: Promise<unknown> = Promise.resolve();

  const accountOf = (id: string) => connections.list().find((one) => one.id === id)?.account;
  const personal = () => connections.list().filter(({ signIn }) => signIn);
  const supportOf = (id: string): { support: SignInSupport; context: Parameters<SignInSupport['renew']>[0] } => {
    const { connector, context } = connections.open(id);
    if (connector.signIn && connections.signsIn(id)) return { support: connector.signIn, context };
    throw new RingbackError('conflict', 'This connection signs in by itself: nobody needs to.');
  };
  const tell = (title: string, body: string): void => {
    notifier
      .queue({ event: null, at: now(), title, body, page: 'connections' })
      .catch((error: unknown) => log.warn('connections', describe(error)));
  };

  const start = async (id: string): Promise<Attempt> => {
    const { support, context } = supportOf(id);
    const port = context.settings[support.portField];
    const state = randomBytes(32).toString('base64url');
    const listener = await openSignInListener({
      ports: port ? [Number(port)] : support.ports,
      path: support.path,
      state,
      timeout: patience,
    });
    try {
      const { url, finish } = await support.begin(context, state, listener.redirectUri);
      states.set(id, { redirectUri: listener.redirectUri });
      void conclude(id, listener, finish);
      return { listener, url };
    } catch (error) {
      await listener.close(cancelled());
      throw error;
    }
  };

  const conclude = async (
    id: string,
    listener: SignInListener,
    finish: (answer: URLSearchParams) => Promise<void>,
  ): Promise<void> => {
    let problem: unknown;
    try {
      const former = accountOf(id);
      await finish(await listener.answer);
      const { name, account } = await connections.check(id);
      if (former && account !== former) {
        options.warn(
          `"${name}" now acts as ${account}. Hooks that ${former} made there can no longer be seen from here.`,
        );
      }
      options.signedIn(id);
    } catch (error) {
      problem = error;
    }
    attempts.delete(id);
    states.delete(id);
    if (problem !== undefined && !(problem instanceof Cancelled)) {
      if (!(problem instanceof RingbackError)) log.warn('connections', `A sign-in failed: ${describe(problem)}`);
      states.set(id, { problem: toProblem(problem).message });
    }
    if (!closing) changed();
  };

  const attempt = (id: string): Promise<Attempt> => {
    const running = attempts.get(id);
    if (running) return running;
    const started = start(id);
    attempts.set(id, started);
    started.then(changed, (error: unknown) => {
      attempts.delete(id);
      if (!connections.list().some((one) => one.id === id && one.signIn)) return;
      states.set(id, { problem: toProblem(error).message });
      changed();
    });
    return started;
  };

  const cancel = async (id: string): Promise<void> => {
    states.delete(id);
    const running = await attempts.get(id)?.catch(() => undefined);
    await running?.listener.close(cancelled());
  };

  const renew = async (id: string, age: number): Promise<void> => {
    const { support, context } = supportOf(id);
    const state = support.stateOf(context);
    if (state.signedIn && now() - state.since >= age) await support.renew(context);
  };
  const renewAll = (age: number): void => {
    if (closing) return;
    const work = personal().map(({ id, name }) =>
      renew(id, age)
        .catch((error: unknown) =>
          log.warn('connections', `The sign-in of "${name}" was not renewed: ${describe(error)}`),
        )
        .finally(() => warnOf(id)),
    );
    renewing = Promise.all([renewing, ...work]);
  };
  const warnOf = (id: string): void => {
    const found = closing ? undefined : personal().find((one) => one.id === id);
    const until = Date.parse(found?.signIn?.until ?? '');
    if (!found || !(until - now() < warnAhead) || warned.value[id] === until) return;
    warned.set({ ...warned.value, [id]: until });
    const date = new Date(until).toLocaleDateString('en', { weekday: 'long', month: 'long', day: 'numeric' });
    tell(
      `The sign-in of "${found.name}" ends soon`,
      `It could not be renewed and ends on ${date}. Connect this computer to the internet, or sign in again.`,
    );
  };

  let timer: NodeJS.Timeout | undefined;

  return {
    startRenewals() {
      for (const { id, signIn } of personal()) if (signIn?.state === 'signed-in') signedIn.add(id);
      renewAll(renewAfter.start);
      timer = setInterval(() => renewAll(renewAfter.meanwhile), lookEvery);
    },
    async signIn(id) {
      const { url, listener } = await attempt(id);
      return { url, opened: await options.open(url).catch(() => false), redirectUri: listener.redirectUri };
    },
    async cancel(id) {
      await cancel(id);
      changed();
    },
    attemptOf: (id) => states.get(id),
    credentialsChanged(id) {
      const { support, context } = supportOf(id);
      const state = support.stateOf(context);
      if (state.signedIn) return void signedIn.add(id);
      if (!signedIn.delete(id)) return;
      const { name } = connections.open(id);
      tell(`Sign in again: ${name}`, `${state.problem ?? 'The sign-in has ended.'} Its hooks are kept.`);
    },
    async end(id) {
      if (!connections.signsIn(id)) return;
      await cancel(id);
      signedIn.delete(id);
      try {
        const { support, context } = supportOf(id);
        await support.end(context);
      } catch (error) {
        log.warn('connections', `A sign-out did not reach the provider: ${describe(error)}`);
      }
    },
    wake: () => renewAll(renewAfter.wake),
    async close() {
      closing = true;
      clearInterval(timer);
      await Promise.all([...attempts.keys()].map(cancel));
      const stop = new AbortController();
      await Promise.race([renewing, delay(lastPatience, undefined, { signal: stop.signal }).catch(() => {})]);
      stop.abort();
    },
  };
}

class Cancelled extends RingbackError {}

function cancelled(): Cancelled {
  return new Cancelled('conflict', 'The sign-in was cancelled.');
}
