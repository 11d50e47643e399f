import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Connection } from '../../../preload/contract/index.ts';
import { describe, type Log } from '../log.ts';
import { connectionMessages, type Message } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue } from '../storage/index.ts';
import { days, hours, minutes, seconds } from '../timing/index.ts';
import type { Connections } from './connections.ts';
import { openSignIn } from './sign-in-support.ts';

interface SignInRenewalOptions {
  readonly connections: Connections;
  readonly store: Store;
  now(): number;
  readonly log: Log;
  warn(message: string | Message): void;
  notify(title: Message, body: Message): void;
}

/** Renews sign-ins before they end, and announces one that cannot be renewed. */
interface SignInRenewal {
  start(): void;
  wake(): void;
  close(): Promise<void>;
}

/** How long before its end a sign-in is announced, once. */
const warningPeriod = days(3);
/** The age from which a sign-in is renewed: at start, on waking, and while the process runs. */
const renewAfter = { start: minutes(1), wake: hours(1), meanwhile: days(1) } as const;
const renewalInterval = minutes(30);
/** How long closing waits for a renewal: its response holds the only valid token. */
const closeTimeout = seconds(2);

export function createSignInRenewal(options: SignInRenewalOptions): SignInRenewal {
  const { connections, now, log } = options;
  const schema = z.record(z.string(), z.number());
  const warned = createStoredValue(options.store, 'sign-in-warnings', schema, {}, options.warn);
  let timer: NodeJS.Timeout | undefined;
  let closing = false;
  let renewing: Promise<unknown> = Promise.resolve();

  const warnAbout = (id: string): void => {
    const connection = closing ? undefined : withSignIn(connections).find((one) => one.id === id);
    const until = connection?.signIn?.until;
    if (!connection || until === undefined) return;
    const end = Date.parse(until);
    if (end - now() >= warningPeriod || warned.value[id] === end) return;
    warned.set({ ...warned.value, [id]: end });
    const title = connectionMessages.signInEndsSoon({ name: connection.name });
    options.notify(title, connectionMessages.signInNotRenewed({ until }));
  };

  const renewAll = (age: number): void => {
    if (closing) return;
    const work = withSignIn(connections).map(({ id, name }) =>
      renew(options, id, age)
        .catch((error: unknown) =>
          log.warn('connections', `The sign-in of "${name}" was not renewed: ${describe(error)}`),
        )
        .finally(() => warnAbout(id)),
    );
    renewing = Promise.all([renewing, ...work]);
  };

  return {
    start() {
      renewAll(renewAfter.start);
      timer = setInterval(() => renewAll(renewAfter.meanwhile), renewalInterval);
    },
    wake: () => renewAll(renewAfter.wake),
    async close() {
      closing = true;
      clearInterval(timer);
      const stop = new AbortController();
      await Promise.race([renewing, delay(closeTimeout, undefined, { signal: stop.signal }).catch(() => {})]);
      stop.abort();
    },
  };
}

function withSignIn(connections: Connections): Connection[] {
  return connections.list().filter(({ signIn }) => signIn);
}

/** Renews a sign-in that is at least this old. */
async function renew({ connections, now }: SignInRenewalOptions, id: string, age: number): Promise<void> {
  const { support, context } = openSignIn(connections, id);
  const state = support.stateOf(context);
  if (state.signedIn && now() - state.since >= age) await support.renew(context);
}
