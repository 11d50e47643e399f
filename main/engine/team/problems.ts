import type { BrokerFault, BrokerFaultKind } from '../broker.ts';
import { certificateFault } from '../errors.ts';
import { causeMessage, type Message, networkMessages, teamMessages } from '../messages/index.ts';
import { networkFailure } from '../requests/index.ts';

/** The present problems, each by the name of what it concerns. */
export interface Problems {
  set(name: string, problem: Message): void;
  /** This is the only problem. */
  setOnly(name: string, problem: Message): void;
  clear(name: string): void;
  /** The connection is another one, with which nothing has failed yet. */
  reset(): void;
}

/** The oldest problem is reported until it has ended, and then the next. */
export function createProblems(report: (problem: Message | undefined) => void): Problems {
  const present = new Map<string, Message>();
  const reportOldest = (): void => report(present.values().next().value);
  return {
    set(name, problem) {
      present.set(name, problem);
      reportOldest();
    },
    setOnly(name, problem) {
      present.clear();
      present.set(name, problem);
      reportOldest();
    },
    clear(name) {
      if (present.delete(name)) reportOldest();
    },
    reset() {
      const hadProblem = present.size > 0;
      present.clear();
      if (hadProblem) reportOldest();
    },
  };
}

/** What the status says of a failure; its stack is for the log. */
export function problemOf(error: unknown): Message {
  if (isFault(error)) return faultMessages[error.fault](error);
  return causeMessage(error instanceof Error ? error : { message: String(error) });
}

/** The server does not permit it, however often it is tried. */
export const isForbidden = (error: unknown): boolean => isFault(error) && error.fault === 'forbidden';

const isFault = (error: unknown): error is BrokerFault => error instanceof Error && 'fault' in error;

const faultMessages: Readonly<Record<BrokerFaultKind, (fault: BrokerFault) => Message>> = {
  unreachable: unreachableMessage,
  unencrypted: () => teamMessages.serverUnencrypted(),
  keyRejected: () => teamMessages.keyRejected(),
  credentialsExpired: () => teamMessages.credentialsExpired(),
  signInTimeout: () => teamMessages.signInTimeout(),
  tooManyConnections: () => teamMessages.tooManyConnections(),
  storageDisabled: () => teamMessages.storageDisabled(),
  storageFull: ({ message: detail }) => teamMessages.storageFull({ detail }),
  forbidden: ({ message: detail }) => teamMessages.forbidden({ detail }),
  missing: () => teamMessages.notPrepared(),
  tooLarge: () => teamMessages.messageTooLarge(),
  noResponse: () => teamMessages.noResponse(),
  other: ({ message: detail }) => teamMessages.serverFailure({ detail }),
};

function unreachableMessage(fault: BrokerFault): Message {
  const failure = networkFailure(fault);
  const detail = failure.cause === '' ? fault.message : networkMessages.failed(failure);
  return certificateFault(fault) === undefined
    ? teamMessages.unreachable({ detail })
    : teamMessages.serverUntrusted({ detail });
}
