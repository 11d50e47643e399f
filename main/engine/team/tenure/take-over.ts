import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerSession } from '../../broker.ts';
import { describe } from '../../log.ts';
import { teamMessages } from '../../messages/index.ts';
import { minutes, seconds } from '../../timing/index.ts';
import { receiverLease } from '../leases/index.ts';
import { type NewestCopy, readCopy } from '../standby/index.ts';
import { replacementSubject } from '../subjects.ts';
import { PublishingElsewhere, type TenureOptions } from './options.ts';
import { type CurrentTerm, readTerm, takeTerm, takeTermAfter } from './term.ts';

/** Milliseconds within which a receiver that is replaced says that it stopped. */
const replacementTimeout = seconds(10);
/** Milliseconds after which a receiver without a connection changes no hook any more. */
const longestTail = minutes(1);

type ClaimOptions = TenureOptions & { readonly signal: AbortSignal };

/** The current term, after this computer took it where it is to take over. */
export async function claimTerm(options: ClaimOptions, session: BrokerSession): Promise<CurrentTerm> {
  const current = await readTerm(options, session);
  const takeOver = options.takeOver();
  if (takeOver === 'none') return withoutDefault(options, current);
  if (current.holder === 'own') {
    // It was interrupted after it took the term.
    await applyNewest(options, session, ({ term }) => term < current.number);
    return current;
  }
  if (takeOver !== 'wanted') return takeOverAfter(options, session, current, takeOver.after);
  if (options.needsCopy()) await rejectWithoutCopy(options, session, current.number);
  const number = await takeTerm(options, session);
  await stopFormer(options, session);
  await applyNewest(options, session, ({ term }) => term === current.number);
  return { holder: 'own', number };
}

/** Throws where there is no copy for this computer: without hooks and members it would remove those of the team. */
async function rejectWithoutCopy(options: TenureOptions, session: BrokerSession, term: number): Promise<void> {
  const copy = await newestCopy(options, session);
  if (copy?.term !== term || copy.standbys.length === 0)
    throw new PublishingElsewhere(teamMessages.standbyWithoutCopy());
}

/** A standby does not take a term merely because nobody has it yet. */
function withoutDefault({ standby }: TenureOptions, current: CurrentTerm): CurrentTerm {
  const { computer } = standby() ?? {};
  return computer !== undefined && current.holder === 'nobody' ? { ...current, holder: { computer } } : current;
}

/** Takes the lease, applies the copy, takes the term unless a receiver returned; before that others notice nothing. */
async function takeOverAfter(
  options: ClaimOptions,
  session: BrokerSession,
  current: CurrentTerm,
  after: number,
): Promise<CurrentTerm> {
  const { leases, log, signal } = options;
  if (current.number !== after) return current;
  const grant = await leases.acquire(receiverLease);
  if (grant.kind === 'taken') return current;
  const taken = await takeWithCopy(options, session, after).catch(async (error: unknown) => {
    // Others may take over what this computer cannot.
    await leases.release(receiverLease, grant.token);
    throw error;
  });
  if (!taken) {
    await leases.release(receiverLease, grant.token);
    return readTerm(options, session);
  }
  const hasStopped = await stopFormer(options, session);
  // The former receiver came back in between, and may change hooks for as long as its lease counts.
  if (!hasStopped && (await leases.acquire(receiverLease)).kind === 'taken')
    await delay(longestTail, undefined, { signal });
  // It may have changed hooks until it was stopped: the newest copy has these changes.
  await applyNewest(options, session, ({ term, number }) => term === after && number > taken.copy);
  log.warn('team', `This computer has taken over: term ${taken.number} after ${after}.`);
  return { holder: 'own', number: taken.number };
}

/** Numbers of the new term and the applied copy; undefined without a usable copy, or if another term began. */
async function takeWithCopy(options: ClaimOptions, session: BrokerSession, after: number) {
  const copy = await usableCopy(options, session, after);
  if (!copy) return undefined;
  await options.apply(copy);
  const number = await takeTermAfter(options, session, after);
  return number === undefined ? undefined : { number, copy: copy.number };
}

/** False where the former receiver is not connected. */
async function stopFormer({ team, log }: TenureOptions, session: BrokerSession): Promise<boolean> {
  try {
    await session.request(replacementSubject(team), new Uint8Array(), replacementTimeout);
    return true;
  } catch (error) {
    log.info('team', `The receiver before this one is not connected: ${describe(error)}`);
    return false;
  }
}

/** A computer that is to take over does so even where there is no copy that can be read: then its own records count. */
async function applyNewest(
  options: TenureOptions,
  session: BrokerSession,
  isWanted: (copy: NewestCopy) => boolean,
): Promise<void> {
  const copy = await newestCopy(options, session);
  if (copy && copy.standbys.length > 0 && isWanted(copy)) await options.apply(copy);
}

async function newestCopy({ standbyKeys, log }: TenureOptions, session: BrokerSession) {
  return readCopy(standbyKeys, session).catch((error) => {
    log.warn('team', `What the receiver before this one left cannot be read: ${describe(error)}`);
    return undefined;
  });
}

/** The newest copy, if it is of the latest receiver and lets this computer take over by itself. */
export async function usableCopy(options: TenureOptions, session: BrokerSession, term: number) {
  const copy = await newestCopy(options, session);
  const isNamed = copy?.standbys.some(({ holder, after }) => holder === options.holder && after !== undefined);
  if (copy?.term === term && isNamed) return copy;
  options.log.warn('team', 'This computer does not take over: the receiver has left it nothing yet.');
  return undefined;
}
