import { describe, type Log } from '../log.ts';
import { connectionMessages, followedBy, type Message, referenceOf } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Store } from '../ports.ts';
import type { Connections } from './connections.ts';
import { createSignInAttempts } from './sign-in-attempts.ts';
import { createSignInRenewal } from './sign-in-renewal.ts';
import { openSignIn } from './sign-in-support.ts';
import type { SignInAttemptState } from './view.ts';

/** Signs people in, keeps them signed in, and signs them out. */
export interface SignIns {
  /** Renews the stored sign-ins now and periodically. */
  startRenewals(): void;
  /** Opens the sign-in page in the browser; joins an attempt in progress. */
  signIn(id: string): Promise<StartedSignIn>;
  cancel(id: string): Promise<void>;
  /** To be called when the stored credentials of a connection have changed. */
  credentialsChanged(id: string): void;
  /** Signs out, as far as the provider can be reached. */
  end(id: string): Promise<void>;
  wake(): void;
  close(): Promise<void>;
}

interface StartedSignIn {
  readonly url: string;
  /** False where the host has no browser. */
  readonly opened: boolean;
  readonly redirectUri: string;
}

interface SignInsOptions {
  readonly connections: Connections;
  /** Of each connection the attempt in progress, or why the last one failed; kept here. */
  readonly states: Map<string, SignInAttemptState>;
  readonly notifier: Pick<Notifier, 'queue'>;
  readonly store: Store;
  open(url: string): Promise<boolean>;
  now(): number;
  readonly log: Log;
  warn(message: string | Message): void;
  changed(): void;
  /** Somebody signed in. */
  signedIn(id: string): void;
  /** Milliseconds to wait for the browser's redirect. */
  readonly timeout?: number;
}

export function createSignIns(options: SignInsOptions): SignIns {
  const { connections, notifier, now, log, changed } = options;
  const signedIn = new Set<string>();
  const notify = (title: Message, body: Message): void => {
    const texts = { title: title.text, titleMessage: referenceOf(title), body: body.text };
    notifier
      .queue({ event: null, at: now(), ...texts, bodyMessage: referenceOf(body), page: 'connections' })
      .catch((error: unknown) => log.warn('connections', describe(error)));
  };
  const attempts = createSignInAttempts(options);
  const renewal = createSignInRenewal({ ...options, notify });
  return {
    startRenewals() {
      for (const { id, signIn } of connections.list()) if (signIn?.state === 'signed-in') signedIn.add(id);
      renewal.start();
    },
    async signIn(id) {
      const { url, listener } = await attempts.start(id);
      return { url, opened: await options.open(url).catch(() => false), redirectUri: listener.redirectUri };
    },
    async cancel(id) {
      await attempts.cancel(id);
      changed();
    },
    credentialsChanged(id) {
      const { support, context } = openSignIn(connections, id);
      const state = support.stateOf(context);
      if (state.signedIn) return void signedIn.add(id);
      if (!signedIn.delete(id)) return;
      const ended = connectionMessages.signInEnded();
      const reason = { ...ended, ...state.problemMessage, text: state.problem ?? ended.text };
      const title = connectionMessages.signInAgain({ name: connections.open(id).name });
      notify(title, followedBy(reason, connectionMessages.hooksStay()));
    },
    async end(id) {
      if (!connections.signsIn(id)) return;
      await attempts.cancel(id);
      signedIn.delete(id);
      try {
        const { support, context } = openSignIn(connections, id);
        await support.end(context);
      } catch (error) {
        log.warn('connections', `A sign-out did not reach the provider: ${describe(error)}`);
      }
    },
    wake: renewal.wake,
    async close() {
      await Promise.all([attempts.close(), renewal.close()]);
    },
  };
}
