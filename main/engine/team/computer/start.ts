import { toProblem } from '../../errors.ts';
import { describe } from '../../log.ts';
import { installationMessages, referenceOf } from '../../messages/index.ts';
import { countAfter, nothingToPublish, selectOldestId, selectPublished } from '../../storage/index.ts';
import { seconds } from '../../timing/index.ts';
import { caughtUpTo, type NumberedEvent } from '../gap.ts';
import { createId } from '../keys/index.ts';
import type { ReceiverRecord, Unstored } from '../record.ts';
import { openSide } from '../side.ts';
import { awaitDecision, noteConfirmation, noteDecision } from './decision.ts';
import { rotateKey, storeKeys } from './members.ts';
import { standbyOptions } from './standbys.ts';
import { receiverOf, standsBy, type TeamState } from './state.ts';

/** Milliseconds after which a start that failed is tried again. */
const attemptAfter = seconds(30);

/** What fails now, such as at a locked key store, is tried again. */
export async function startSide(state: TeamState): Promise<void> {
  const { stored, options } = state;
  const { connect } = options;
  if (!stored.value || !connect) return;
  if (options.isHeld() && !standsBy(state)) {
    const held = installationMessages.copied();
    state.failure = { code: 'conflict', message: held.text, reason: referenceOf(held) };
    return;
  }
  if (stored.value.role === 'receiver') awaitDecision(state);
  try {
    // Where the events were lost, numbers begin again.
    if (selectPublished(options.ledger).event === nothingToPublish) await renewSource(state, 'everything');
    const team = stored.value;
    state.side = await openSide(() => stored.value ?? team, {
      ...options,
      connect,
      caughtUp: (upTo) => noteCaughtUp(state, upTo),
      tookUpTo: (position) => notePosition(state, position),
      noteUnstored: (unstored) => noteUnstored(state, unstored),
      receivedFrom: (computer) => noteReceiver(state, computer),
      restored: () => restartLater(state, 'nothing'),
      decided: (replacedBy) => noteDecision(state, replacedBy),
      confirmed: () => noteConfirmation(state),
      learnedKeys: (keys) => storeKeys(state, keys),
      ...standbyOptions(state),
      due: (term) => takeOverAfter(state, term),
      dueAfter: () => state.dueAfter,
    });
    state.failure = undefined;
  } catch (error) {
    state.failure = toProblem(error);
    attemptLater(state, () => startAgain(state));
    throw error;
  }
}

/** Which of the stored events are still to be published: none of restored or copied data, all of a new event store. */
type Unpublished = 'nothing' | 'everything';

/** The events of this receiver get a new numbering: what came before was published, or will be, by whoever received it. */
async function renewSource(
  state: TeamState,
  unpublished: Unpublished,
  decision: Partial<ReceiverRecord> = {},
): Promise<void> {
  if (state.stored.value?.role !== 'receiver') return;
  const { ledger } = state.options;
  const { newest } = countAfter(ledger, 0);
  const start = unpublished === 'everything' ? (selectOldestId(ledger) ?? newest + 1) - 1 : newest;
  // The key of these data may be one that a member had who was removed since.
  await rotateKey(state, async ({ installation }) => {
    await ledger.write('published', { event: start, sequence: 0 });
    return { ...decision, source: `${installation}-${createId()}`, sourceStart: start };
  });
}

export function restartLater(state: TeamState, unpublished: Unpublished): void {
  if (state.stored.value?.role === 'receiver') attempt(state, () => restart(state, unpublished));
}

async function startAgain(state: TeamState): Promise<void> {
  if (state.side) return;
  await startSide(state);
  state.options.changed();
}

/** Does what is needed to be part of the team. What fails now, such as at a locked key store, is tried again. */
export function attempt(state: TeamState, work: () => Promise<void>): void {
  state.attempted = work;
  void state.queue(async () => {
    if (state.attempted !== work) return;
    endAttempts(state);
    try {
      await work();
    } catch (error) {
      state.options.warn(describe(error));
      attemptLater(state, work);
    }
  });
}

function attemptLater(state: TeamState, work: () => Promise<void>): void {
  endAttempts(state);
  state.attempted = work;
  state.attempting = setTimeout(() => attempt(state, work), attemptAfter).unref();
}

export function endAttempts(state: TeamState): void {
  clearTimeout(state.attempting);
  state.attempted = undefined;
}

/** `stored` is called before it starts again. */
export async function restart(
  state: TeamState,
  unpublished: Unpublished,
  decision?: Partial<ReceiverRecord>,
  stored = () => {},
): Promise<void> {
  await state.side?.close();
  state.side = undefined;
  try {
    await renewSource(state, unpublished, decision);
    endAttempts(state);
  } catch (error) {
    state.failure = toProblem(error);
    state.options.changed();
    // It starts again with the team as it was before.
    attemptLater(state, () => startAgain(state));
    throw error;
  }
  stored();
  await startSide(state);
  state.options.changed();
}

/** Nobody received for so long that this computer, a standby, takes over. */
function takeOverAfter(state: TeamState, term: number): void {
  if (state.dueAfter === term) return;
  state.dueAfter = term;
  const { replacedBy } = receiverOf(state);
  state
    .queue(() => restart(state, 'nothing', { takesOverAfter: term, replacedBy }))
    .catch((error) => {
      state.options.log.warn('team', `This computer could not take over: ${describe(error)}`);
      return state.queue(() => standByAgain(state));
    })
    .catch((error) => state.options.warn(describe(error)));
}

/** After it could not be stored that this computer takes over: it stands by again. */
async function standByAgain(state: TeamState): Promise<void> {
  state.dueAfter = undefined;
  await startAgain(state);
}

/** Stores it: otherwise events that were deleted long ago would be shown as a gap at each connection. */
function noteCaughtUp({ stored }: TeamState, { source, event }: NumberedEvent): void {
  const team = stored.value;
  if (team?.role !== 'member') return;
  const known = caughtUpTo(team);
  if (source === known.source && event <= known.event) return;
  stored.set({ ...team, joinedAfter: event, joinedSource: source });
}

/** Stores the position, which is compared with the oldest message of the stream at the next connection. */
function notePosition({ stored }: TeamState, position: number): void {
  const team = stored.value;
  if (team?.role === 'member' && position > (team.position ?? 0)) stored.set({ ...team, position });
}

function noteUnstored({ stored }: TeamState, unstored: Unstored | undefined): void {
  if (stored.value?.role !== 'member') return;
  const { unstored: _, ...team } = stored.value;
  stored.set(unstored ? { ...team, unstored } : team);
}

/** Another computer has taken over from the one that invited this member. */
function noteReceiver({ stored }: TeamState, computer: string): void {
  const team = stored.value;
  if (team?.role === 'member' && team.computer !== computer) stored.set({ ...team, computer });
}
