import type { BrokerMessage, BrokerSession } from '../broker.ts';
import { describe } from '../log.ts';
import { type Message, teamMessages } from '../messages/index.ts';
import { closeGap, type GapOptions } from './gap.ts';
import { MissingKey } from './key-request.ts';
import type { Consumer } from './record.ts';
import { createProblems, type Problems, problemOf, retryWhileCurrent } from './retry.ts';
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
  problem(problem: Message | string | undefined): void;
}

export function createMemberSide(options: MemberSideOptions): MemberSide {
  const { team, log } = options;
  const stream = streamOf(team.id);
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  let session: BrokerSession | undefined;
  const problems = createProblems(options.problem);
  const intake = createIntake(options, problems);
  const retry = (current: BrokerSession, name: string, work: () => Promise<void>): Promise<void> =>
    retryWhileCurrent(work, {
      isCurrent: () => session === current,
      signal: closing.signal,
      failed(error) {
        log.warn('team', `Events of the team are not received and are tried again: ${describe(error)}`);
        problems.set(name, problemOf(error));
      },
    });
  const take = (current: BrokerSession, { name }: Consumer): Promise<void> =>
    retry(current, name, async () => {
      await current.consume(stream, name, {
        began() {
          if (session === current) problems.clear(name);
        },
        handle: (message) => intake.store(message, () => session === current),
      });
      if (session === current) throw new Error(`the consumer ${name} was deleted`);
    });
  const start = async (current: BrokerSession): Promise<void> => {
    await retry(current, missedEvents, () => closeGap(options, current));
    if (session !== current) return;
    problems.clear(missedEvents);
    await Promise.all(team.consumers.map((consumer) => take(current, consumer)));
  };
  return {
    use(next) {
      session = next;
      problems.reset();
      intake.begin();
      const one = start(next).finally(() => running.delete(one));
      running.add(one);
    },
    pause() {
      session = undefined;
      intake.notePosition();
    },
    async behind() {
      const current = session;
      if (!current) return 0;
      const states = await Promise.all(team.consumers.map(({ name }) => current.consumerState(stream, name)));
      return states.reduce((sum, { pending }) => sum + pending, 0);
    },
    async close() {
      session = undefined;
      closing.abort();
      await Promise.all(running);
      intake.notePosition();
    },
  };
}

const missedEvents = 'missed events';
const unstoredMessages = 'messages';

/** Stores the messages of the stream. Of those that cannot be stored, and come again, the first is reported, until all are stored. */
function createIntake({ relay, tookUpTo, log }: MemberSideOptions, problems: Problems) {
  let taken = 0;
  const failed = new Set<number>();
  const reportFailure = (error: unknown): void => {
    log.warn('team', `A message of the team is not stored and comes again: ${describe(error)}`);
    problems.set(unstoredMessages, error instanceof MissingKey ? teamMessages.keyMissing() : problemOf(error));
  };
  return {
    begin: () => failed.clear(),
    async store(message: BrokerMessage, isCurrent: () => boolean): Promise<void> {
      const { sequence } = message;
      try {
        await relay(message);
      } catch (error) {
        if (isCurrent() && failed.size === 0) reportFailure(error);
        if (isCurrent()) failed.add(sequence);
        throw error;
      }
      taken = Math.max(taken, sequence);
      if (failed.delete(sequence) && failed.size === 0) problems.clear(unstoredMessages);
    },
    notePosition(): void {
      if (taken > 0) tookUpTo(taken);
    },
  };
}
