import type { BrokerSession } from '../../broker.ts';
import { type Message, teamMessages } from '../../messages/index.ts';
import { seconds } from '../../timing/index.ts';
import { receiverLease } from '../leases/index.ts';
import { createStandbyEntry, createStandbyWatch, writeSleep } from '../standby/index.ts';
import { PublishingElsewhere, type TenureOptions } from './options.ts';
import { claimTerm, usableCopy } from './take-over.ts';
import { type CurrentTerm, readTerm, type TermHolder, takeTerm } from './term.ts';

/** Whether this computer receives for the team, as the server says. */
export interface Tenure {
  /** Begins or goes on, and gives the number of the term. Throws where another computer publishes. */
  begin(session: BrokerSession): Promise<number>;
  /** Whether it still does; stops where another computer took over. */
  check(session: BrokerSession): Promise<boolean>;
  /** This computer is no standby any more. */
  withdraw(session: BrokerSession): Promise<void>;
  /** The connection is lost. */
  pause(): void;
}

/** `signal` ends the waiting. */
export function createTenure(options: TenureOptions, stop: () => void, signal: AbortSignal): Tenure {
  const watch = createStandbyWatch();
  const entry = createStandbyEntry(options);
  const decide = (holder: TermHolder): void =>
    options.decided(typeof holder === 'string' ? undefined : holder.computer);
  /** Gives why this computer does not receive. */
  const standBy = async (session: BrokerSession, { holder, number }: StandbyTerm): Promise<Message> => {
    decide(holder);
    const { isForgotten } = await entry.publish(session);
    if (isForgotten) return teamMessages.standbyForgotten(holder);
    const absent = watch.observe(await options.leases.isHeld(receiverLease));
    const { after } = options.standby() ?? {};
    if (after !== undefined && absent >= seconds(after)) {
      if (await usableCopy(options, session, number)) options.due(number);
      // There is no usable copy, and only a receiver can write one.
      else watch.reset();
    }
    return teamMessages.replaced(holder);
  };
  return {
    async begin(session) {
      // A receiver hands its hooks over to standbys that it knows of.
      if (options.needsCopy()) await entry.publish(session);
      const { holder, number } = await claimTerm({ ...options, signal }, session);
      if (typeof holder !== 'string')
        throw new PublishingElsewhere(await standBy(session, { holder, number }), { standsBy: true });
      const grant = await options.leases.acquire(receiverLease, { overrule: holder === 'own' });
      if (grant.kind === 'taken') throw new PublishingElsewhere(teamMessages.otherReceiver(grant));
      const term = holder === 'nobody' ? await takeTerm(options, session) : number;
      decide('own');
      await entry.publish(session);
      await writeSleep(session, options.team, options.standbyKeys.signing, undefined);
      return term;
    },
    async check(session) {
      const { holder } = await readTerm(options, session);
      if (typeof holder === 'string') return true;
      stop();
      decide(holder);
      options.replaced(teamMessages.replaced(holder));
      return false;
    },
    withdraw: entry.withdraw,
    pause: watch.reset,
  };
}

interface StandbyTerm extends CurrentTerm {
  readonly holder: Exclude<TermHolder, string>;
}
