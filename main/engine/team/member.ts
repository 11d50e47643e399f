import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerMessage, BrokerSession } from '../broker.ts';
import { RingbackError } from '../errors.ts';
import { describe } from '../log.ts';
import { type Message, teamMessages } from '../messages/index.ts';
import { minutes } from '../timing/index.ts';
import { closeGap, type GapOptions, storedUpTo } from './gap.ts';
import { MissingKey } from './key-request.ts';
import type { Leases } from './leases/index.ts';
import { createProblems, isForbidden, type Problems, problemOf } from './problems.ts';
import type { Consumer, JoinedRecord } from './record.ts';
import { retryDelay, retryWhileCurrent } from './retry.ts';
import { streamOf } from './subjects.ts';

/** A member's side of the team: takes its messages from the stream while it is connected. */
interface MemberSide {
  use(session: BrokerSession): void;
  pause(): void;
  /** Messages that wait for this member; zero while nobody can be asked. */
  behind(): Promise<number>;
  close(): Promise<void>;
}

interface MemberSideOptions extends GapOptions {
  /** Takes the lease of this member. Rejects where the server does not permit that. */
  claim(): ReturnType<Leases['acquire']>;
  /** All its messages come to this computer from now on. */
  prepared(): void;
  problem(problem: Message | undefined): void;
}

/** One use of a connection, which goes on where another computer takes the messages instead. */
interface Use {
  readonly session: BrokerSession;
  readonly ending: AbortController;
}

export function createMemberSide(options: MemberSideOptions): MemberSide {
  const closing = new AbortController();
  const running = createRunning();
  let use: Use | undefined;
  const problems = createProblems(options.problem);
  const intake = createIntake(options, problems);
  const isCurrent = (one: Use): boolean => use === one;
  const start = createStart(options, { problems, intake, running, isCurrent, signal: closing.signal });
  const end = (): void => {
    use?.ending.abort();
    use = undefined;
  };
  return {
    use(session) {
      end();
      use = { session, ending: new AbortController() };
      problems.reset();
      intake.begin();
      running.add(start(use));
    },
    pause() {
      end();
      intake.notePosition();
    },
    behind: async () => (use ? countPending(use.session, options.team) : 0),
    async close() {
      end();
      closing.abort();
      await running.end();
      intake.notePosition();
    },
  };
}

interface Parts {
  readonly problems: Problems;
  readonly intake: ReturnType<typeof createIntake>;
  readonly running: ReturnType<typeof createRunning>;
  readonly signal: AbortSignal;
  isCurrent(use: Use): boolean;
}

/** Claims the messages, requests missed ones and takes new ones while the use is the current one. */
function createStart(
  options: MemberSideOptions,
  { problems, intake, running, signal, isCurrent }: Parts,
): (current: Use) => Promise<void> {
  const { team, log } = options;
  const stream = streamOf(team.id);
  const retry = (current: Use, name: string, work: () => Promise<void>): Promise<void> =>
    retryWhileCurrent(work, {
      isCurrent: () => isCurrent(current),
      signal: signal,
      failed(error) {
        log.warn('team', `Events of the team are not received and are tried again: ${describe(error)}`);
        problems.set(name, problemOf(error));
      },
    });
  const take = (current: Use, { name }: Consumer, began: () => void): Promise<void> =>
    retry(current, name, async () => {
      await current.session.consume(stream, name, {
        began() {
          if (!isCurrent(current)) return;
          problems.clear(name);
          began();
        },
        handle: (message) => intake.store(message, () => isCurrent(current)),
        signal: current.ending.signal,
      });
      if (isCurrent(current)) throw new Error(`the consumer ${name} was deleted`);
    });
  return async (current) => {
    await retry(current, usedTwice, () => claimMessages(options));
    if (!isCurrent(current)) return;
    problems.clear(usedTwice);
    let isClosed = true;
    await retry(current, missedEvents, async () => {
      isClosed = await closeGap(options, current.session, false);
    });
    if (!isCurrent(current)) return;
    problems.clear(missedEvents);
    if (!isClosed) running.add(closeLater(options, current.session, () => isCurrent(current), signal));
    const waiting = new Set(team.consumers);
    const began = (consumer: Consumer): void => {
      if (waiting.delete(consumer) && waiting.size === 0) options.prepared();
    };
    await Promise.all(team.consumers.map((consumer) => take(current, consumer, () => began(consumer))));
  };
}

/** Work in progress, which is waited for in the end. */
function createRunning() {
  const running = new Set<Promise<void>>();
  return {
    add(work: Promise<void>): void {
      const one = work.finally(() => running.delete(one));
      running.add(one);
    },
    end: () => Promise.all(running),
  };
}

/** The receiver may connect later than this member, such as after a restart of the server. */
async function closeLater(
  options: MemberSideOptions,
  session: BrokerSession,
  isCurrent: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; isCurrent(); attempt += 1) {
    await delay(Math.min(retryDelay * 2 ** (attempt - 1), longestPause), undefined, { signal }).catch(() => {});
    if (!isCurrent()) return;
    const isClosed = await closeGap(options, session, attempt === attemptsUntilGap).catch(() => false);
    if (isClosed) return;
  }
}

/** Milliseconds between two requests at most. */
const longestPause = minutes(1);
/** Requests without a response after which a gap is shown: about three quarters of a minute. */
const attemptsUntilGap = 4;

async function countPending(session: BrokerSession, { id, consumers }: JoinedRecord): Promise<number> {
  const states = await Promise.all(consumers.map(({ name }) => session.consumerState(streamOf(id), name)));
  return states.reduce((sum, { pending }) => sum + pending, 0);
}

/** Two computers with one invitation would each get a part of the messages. */
async function claimMessages({ claim, log }: Pick<MemberSideOptions, 'claim' | 'log'>): Promise<void> {
  const grant = await claim().catch((error) => {
    if (!isForbidden(error)) throw error;
    // A server with the configuration of an earlier version does not permit it.
    log.info('team', `Whether another computer uses this invitation is not known: ${describe(error)}`);
  });
  if (grant?.kind === 'taken') throw new RingbackError('conflict', teamMessages.invitationInUse(grant));
}

const usedTwice = 'invitation';
const missedEvents = 'missed events';
const unstoredMessages = 'messages';

/** Stores stream messages; reports the first of those that fail until all are stored. */
function createIntake(options: MemberSideOptions, problems: Problems) {
  const { relay, tookUpTo, log } = options;
  let taken = 0;
  const failed = new Set<number>();
  const unstored = createUnstoredNote(options);
  const reportFailure = (error: unknown): void => {
    log.warn('team', `A message of the team is not stored and comes again: ${describe(error)}`);
    problems.set(unstoredMessages, error instanceof MissingKey ? teamMessages.keyMissing() : problemOf(error));
  };
  return {
    begin() {
      failed.clear();
      unstored.begin();
    },
    async store(message: BrokerMessage, isCurrent: () => boolean): Promise<void> {
      const { sequence } = message;
      try {
        await relay(message);
      } catch (error) {
        unstored.add(sequence);
        if (isCurrent() && failed.size === 0) reportFailure(error);
        if (isCurrent()) failed.add(sequence);
        throw error;
      }
      taken = Math.max(taken, sequence);
      if (!failed.delete(sequence) || failed.size > 0) return;
      problems.clear(unstoredMessages);
      unstored.end();
    },
    notePosition(): void {
      if (taken > 0) tookUpTo(taken);
    },
  };
}

/** Remembers where messages begin that are not stored: those after them may be, and the server deletes each at its time. */
function createUnstoredNote(options: MemberSideOptions) {
  let isOwn = false;
  return {
    begin(): void {
      isOwn = false;
    },
    add(sequence: number): void {
      const known = options.unstored();
      if (!known) isOwn = true;
      if (known && known.first <= sequence) return;
      options.noteUnstored({ first: sequence, after: known?.after ?? storedUpTo(options) });
    },
    /** All that failed during this connection are stored. */
    end(): void {
      if (isOwn) options.noteUnstored(undefined);
      isOwn = false;
    },
  };
}
