import type { BrokerMessage, BrokerSession } from '../broker.ts';
import { describe } from '../log.ts';
import { closeGap, type GapOptions } from './gap.ts';
import type { Consumer } from './record.ts';
import { retryWhileCurrent } from './retry.ts';
import { streamOf } from './subjects.ts';

/** A member's side of the team: takes its messages from the stream while it is connected. */
interface MemberSide {
  use(session: BrokerSession): void;
  pause(): void;
  /** Messages that wait for this member; zero while nobody can be asked. */
  behind(): Promise<number>;
  close(): Promise<void>;
}

export function createMemberSide(options: GapOptions & { problem(text: string | undefined): void }): MemberSide {
  const { team, log } = options;
  const stream = streamOf(team.id);
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  let session: BrokerSession | undefined;
  let taken = 0;
  const store = async (message: BrokerMessage): Promise<void> => {
    await options.relay(message);
    taken = Math.max(taken, message.sequence);
  };
  const notePosition = (): void => {
    if (taken > 0) options.tookUpTo(taken);
  };

  const retry = (current: BrokerSession, work: () => Promise<void>): Promise<void> =>
    retryWhileCurrent(work, {
      isCurrent: () => session === current,
      signal: closing.signal,
      failed(error) {
        log.warn('team', `Events of the team are not received and are tried again: ${describe(error)}`);
        options.problem(describe(error));
      },
    });
  const take = (current: BrokerSession, { name }: Consumer): Promise<void> =>
    retry(current, async () => {
      await current.consume(stream, name, store);
      if (session === current) throw new Error(`the consumer ${name} was deleted`);
    });
  const start = async (current: BrokerSession): Promise<void> => {
    await retry(current, () => closeGap(options, current));
    if (session !== current) return;
    options.problem(undefined);
    await Promise.all(team.consumers.map((consumer) => take(current, consumer)));
  };
  return {
    use(next) {
      session = next;
      const one = start(next).finally(() => running.delete(one));
      running.add(one);
    },
    pause() {
      session = undefined;
      notePosition();
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
      notePosition();
    },
  };
}
