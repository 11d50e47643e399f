import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ParsedInput, Problem, TeamMember, TeamStatus } from '../../../preload/contract/index.ts';
import type { ConnectBroker } from '../broker.ts';
import { RingbackError, toProblem } from '../errors.ts';
import { describe } from '../log.ts';
import { installationMessages, type Message, referenceOf, teamMessages } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import {
  countAfter,
  createStoredValue,
  nothingToPublish,
  selectOldestId,
  selectPublished,
  toTime,
} from '../storage/index.ts';
import { createSerialQueue, type SerialQueue, seconds } from '../timing/index.ts';
import type { BackupLeases, ClaimResult } from './backup-leases.ts';
import { createInvitation, createTeam, joinAsStandby, joinTeam } from './founding.ts';
import { caughtUpTo, type NumberedEvent } from './gap.ts';
import { formatStandbyInvitation, parseInvitation, parseStandbyInvitation, StandbyInvitation } from './invitation.ts';
import {
  createContentKey,
  createId,
  createKeyRing,
  formatTeamKeys,
  type KeyRing,
  parseTeamKeys,
  type TeamKey,
} from './keys/index.ts';
import { type MemberRecord, ReceiverRecord, TeamRecord } from './record.ts';
import { formatServerConfig } from './server-config.ts';
import { type CopyContent, holderOf, openSide, type Side, type SideOptions } from './side.ts';
import { isForgotten, type Standby } from './standby/index.ts';

type OwnOptions =
  | 'connect'
  | 'caughtUp'
  | 'tookUpTo'
  | 'receivedFrom'
  | 'restored'
  | 'learnedKeys'
  | 'decided'
  | 'confirmed'
  | 'collect'
  | 'apply'
  | 'due'
  | 'dueAfter'
  | 'standbysFound'
  | 'standbysNamed'
  | 'isForgotten';

interface TeamOptions extends Omit<SideOptions, OwnOptions> {
  /** Absent where the host cannot be part of a team. */
  readonly connect: ConnectBroker | undefined;
  readonly store: Store;
  /** The data came from another computer, and the user has not decided yet which of the two goes on. */
  isHeld(): boolean;
  /** Which computer receives is known, or is not waited for any longer. */
  decided(): void;
  /** Connections, hooks and what belongs to them, with their secrets, for a standby; and what a standby does with them. */
  readonly records: CopiedRecords;
  /** Whether this computer has connections or hooks of its own, which those of a receiver would replace. */
  hasRecords(): boolean;
  /** This computer, a standby, has taken over from the other by itself. Called before that is stored, and again where it could not be. */
  tookOver(computer: string): void;
  /** Another computer has taken over from this one. */
  replaced(computer: string): void;
  warn(message: string): void;
}

/** What a standby gets of the receiver, as JSON with plain secrets. */
interface CopiedRecords {
  collect(): Promise<unknown>;
  /** In place of what is here. Throws for what does not fit. */
  apply(records: unknown): Promise<void>;
}

/** The team that this installation receives for, or receives from. */
export interface Team {
  create(input: ParsedInput<'team.create'>): Promise<TeamStatus>;
  invite(input: ParsedInput<'team.invite'>): Promise<string>;
  join(invitation: string): Promise<TeamStatus>;
  status(): Promise<TeamStatus>;
  members(): Promise<TeamMember[]>;
  /** What is published from then on cannot be read with the keys that the member has. */
  remove(member: string): Promise<void>;
  /** The same, for whoever is no member and got hold of a key. */
  rotateKey(): Promise<void>;
  leave(): Promise<void>;
  serverConfig(options: ParsedInput<'team.serverConfig'>): string;
  /** Publishes what is stored; never throws, and delays nobody. */
  publish(): void;
  /** This computer receives again for a team in which another one replaced it. */
  takeOver(): Promise<TeamStatus>;
  /** This computer, with a copy of the receiver's data, stands by to receive in its place. */
  standBy(input: ParsedInput<'team.standby'>): Promise<TeamStatus>;
  /** Whether it does. */
  readonly standsBy: boolean;
  /** Gives what makes another computer a standby of this one. */
  inviteStandby(): Promise<string>;
  /** That standby takes nothing over by itself any more. */
  forgetStandby(holder: string): Promise<void>;
  /** What a standby needs may have changed. */
  recordsChanged(): void;
  /** Whether this computer may change the hooks at the providers. */
  readonly hooks: TeamHooks;
  /** Why nothing comes for the team although its server responds: the computer that receives for it is away. */
  absence(): Promise<Absence>;
  /** The status as far as it is known at once. */
  readonly standing: { readonly role: TeamStatus['role']; readonly state: TeamStatus['state']; readonly team: string };
  /** Which of the team's computers makes a planned backup. */
  readonly backups: TeamBackups;
  wake(): void;
  /** The computer goes to sleep. Never rejects. */
  sleep(): Promise<void>;
  /** The event store was replaced by a new one: what it holds is published under a new numbering. */
  republish(): void;
  /** The user decided which computer goes on with copied data; `stored` is called once that cannot fail any more. */
  settle(choice: 'take-over' | 'new', stored?: () => void): Promise<void>;
  close(): Promise<void>;
}

/** "unknown" while the server cannot be asked. */
type Absence = Message | 'none' | 'unknown';

interface TeamHooks {
  /** Why it may not, as another computer receives in place of this one. */
  heldReason(): Message | undefined;
  /** The server has not said yet which computer receives, and may be reached soon. */
  isUndecided(): boolean;
  /** The server confirmed within the last minute that this computer receives: others that use the same data do not. */
  isConfirmed(): boolean;
  /** Resolves once standbys have all hooks. Rejects where one that takes over by itself cannot have them. */
  copied(): Promise<void>;
}

/** The same as the leases of a team, for a computer that may be in none. */
interface TeamBackups extends Omit<BackupLeases, 'claim'> {
  claim(claim: Parameters<BackupLeases['claim']>[0]): Promise<ClaimResult | { readonly kind: 'alone' }>;
}

interface TeamState {
  readonly options: TeamOptions;
  readonly stored: { readonly value: TeamRecord | null; set(value: TeamRecord | null): void };
  readonly queue: SerialQueue;
  side: Side | undefined;
  /** Why there is no side. */
  failure: Problem | undefined;
  /** Ends the time in which the server is waited for. */
  waiting: NodeJS.Timeout | undefined;
  /** The term after which this computer found that nobody receives. */
  dueAfter: number | undefined;
}

/** The code of the problem that a copy of this receiver publishes at present. */
const otherReceiver = 'team.otherReceiver';
/** Milliseconds for which a receiver waits for the server before it repairs hooks without it. */
const decisionTimeout = seconds(30);
/** Seconds without a receiver after which a standby takes over, where its user chose nothing else: a restart is shorter. */
const defaultStandbySeconds = 120;
/** Standbys that are remembered as forgotten. */
const mostForgotten = 100;

export async function openTeam(options: TeamOptions): Promise<Team> {
  const stored = createStoredValue(options.store, 'team', TeamRecord.nullable(), null, options.warn);
  const queue = createSerialQueue();
  const state: TeamState = {
    options,
    stored,
    queue,
    side: undefined,
    failure: undefined,
    waiting: undefined,
    dueAfter: undefined,
  };
  await startSide(state).catch((error) => options.warn(describe(error)));
  return {
    create: (input) => queue(() => create(state, input)),
    invite: (input) => queue(() => invite(state, input)),
    join: (text) => queue(() => join(state, text)),
    status: () => statusOf(state),
    members: () => listMembers(state),
    remove: (member) => queue(() => removeMember(state, member)),
    rotateKey: () => queue(async () => rotateKey(rejectReplaced(state))),
    leave: () => queue(() => leave(state)),
    serverConfig: (config) => formatServerConfig(receiverOf(state), config),
    publish: () => state.side?.publish(),
    get standing() {
      const { role, name } = stored.value ?? ({ role: 'none', name: '' } as const);
      return { role, state: state.side?.state ?? 'down', team: name };
    },
    backups: {
      async claim(claim) {
        if (!state.stored.value) return { kind: 'alone' };
        return state.side?.backups.claim(claim) ?? { kind: 'unknown' };
      },
      report: async (report) => state.stored.value === null || (state.side?.backups.report(report) ?? false),
      release: async (account, token) => state.side?.backups.release(account, token),
    },
    takeOver: () => queue(() => takeOver(state)),
    standBy: (input) => queue(() => standBy(state, input)),
    inviteStandby: () => queue(() => inviteStandby(state)),
    forgetStandby: (holder) => queue(() => forgetStandby(state, holder)),
    get standsBy() {
      return standsBy(state);
    },
    recordsChanged: () => state.side?.copy(),
    absence: () => absenceOf(state),
    hooks: hooksOf(state),
    wake() {
      state.side?.doubt();
      state.side?.wake();
    },
    sleep: async () => state.side?.sleep(),
    republish: () => restartLater(state, 'everything'),
    settle: (choice, settled) => queue(() => settle(state, choice, settled)),
    close: () =>
      queue(async () => {
        clearTimeout(state.waiting);
        await state.side?.close();
      }),
  };
}

async function startSide(state: TeamState): Promise<void> {
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
      receivedFrom: (computer) => noteReceiver(state, computer),
      restored: () => restartLater(state, 'nothing'),
      decided: (replacedBy) => noteDecision(state, replacedBy),
      confirmed: () => noteConfirmation(state),
      learnedKeys: (keys) => storeKeys(state, keys),
      ...standbyOptions(state),
    });
    state.failure = undefined;
  } catch (error) {
    state.failure = toProblem(error);
    throw error;
  }
}

/** Hooks are repaired after the server said that this computer receives, or after a while without it: it is not needed for that. */
function awaitDecision(state: TeamState): void {
  clearTimeout(state.waiting);
  state.waiting = setTimeout(() => endWaiting(state), decisionTimeout).unref();
}

function endWaiting(state: TeamState): void {
  if (state.waiting === undefined) return;
  clearTimeout(state.waiting);
  state.waiting = undefined;
  state.options.decided();
}

function noteDecision(state: TeamState, replacedBy: string | undefined): void {
  const { stored, options } = state;
  if (stored.value?.role === 'receiver') {
    const { takesOver, takesOverAfter, replacedBy: known, ...team } = stored.value;
    const isNew = takesOver || takesOverAfter !== undefined || known !== replacedBy;
    if (takesOverAfter !== undefined && replacedBy === undefined) options.tookOver(known ?? team.computer);
    const isRenamed = replacedBy === undefined && team.computer !== options.computer;
    if (isNew || isRenamed)
      stored.set({ ...team, ...(replacedBy === undefined ? { computer: options.computer } : { replacedBy }) });
    // It was given up; where nobody receives later, under the same term, it is tried again.
    if (takesOverAfter !== undefined && replacedBy !== undefined) state.dueAfter = undefined;
    if (known === undefined && replacedBy !== undefined && !takesOver) options.replaced(replacedBy);
    // Until then hooks were held, or not here.
    if (replacedBy === undefined && (isNew || hasAutomaticStandby(team))) options.decided();
  }
  endWaiting(state);
}

/** Hooks were held while it was in doubt whether this computer receives. */
function noteConfirmation({ stored, options }: TeamState): void {
  const team = stored.value;
  if (team?.role === 'receiver' && team.replacedBy === undefined && hasAutomaticStandby(team)) options.decided();
}

function hooksOf(state: TeamState): TeamHooks {
  const { stored, options } = state;
  const isConfirmed = (): boolean => state.side?.isConfirmed() ?? false;
  const isAutomatic = (): boolean => stored.value?.role === 'receiver' && hasAutomaticStandby(stored.value);
  const reasonNow = (): Message | undefined =>
    heldReason(stored.value) ?? (isAutomatic() && !isConfirmed() ? teamMessages.unconfirmed() : undefined);
  return {
    isConfirmed,
    heldReason: reasonNow,
    isUndecided: () => state.waiting !== undefined,
    async copied() {
      const reason = reasonNow();
      if (reason) throw new RingbackError('conflict', reason);
      if (stored.value?.role !== 'receiver' || !stored.value.standbys?.length) return;
      await state.side?.flushCopy().catch((cause) => {
        if (isAutomatic()) throw new RingbackError('offline', teamMessages.notCopied(), { cause });
        options.log.warn('team', `The standby does not have a new hook yet: ${describe(cause)}`);
      });
    },
  };
}

function heldReason(team: TeamRecord | null): Message | undefined {
  if (team?.role !== 'receiver' || team.replacedBy === undefined) return undefined;
  return teamMessages.replaced({ computer: team.replacedBy });
}

/** Another computer takes over where this one cannot reach the server. */
function hasAutomaticStandby({ standbys = [] }: Pick<ReceiverRecord, 'standbys'>): boolean {
  return standbys.some(({ after }) => after !== undefined);
}

/** The user set this computer up as a standby, and it has not taken over. */
function standsBy({ stored, options }: TeamState): boolean {
  const team = stored.value;
  const { installation, machine } = options;
  return (
    team?.role === 'receiver' &&
    team.replacedBy !== undefined &&
    team.standby?.holder === holderOf(installation, machine)
  );
}

async function standBy(state: TeamState, { automatic, after }: ParsedInput<'team.standby'>): Promise<TeamStatus> {
  const { options, stored } = state;
  const team = receiverOf(state);
  if (!options.isHeld() && team.replacedBy === undefined)
    throw new RingbackError('conflict', teamMessages.standbyReceives());
  const holder = holderOf(options.installation, options.machine);
  await state.side?.close();
  state.side = undefined;
  const standby = { holder, since: options.now(), ...(automatic ? { after: after ?? defaultStandbySeconds } : {}) };
  stored.set({ ...team, replacedBy: team.replacedBy ?? team.computer, standby });
  await startSide(state);
  options.changed();
  return statusOf(state);
}

async function inviteStandby(state: TeamState): Promise<string> {
  const { secretStore, computer } = state.options;
  const team = receiverOf(rejectReplaced(state));
  const { secrets, lost } = await secretStore.decrypt(team.secrets as Record<string, string>);
  if (lost.length > 0) throw new RingbackError('conflict', teamMessages.secretsLost());
  return formatStandbyInvitation(StandbyInvitation.parse({ ...team, computer, secrets }));
}

async function forgetStandby(state: TeamState, holder: string): Promise<void> {
  const team = receiverOf(rejectReplaced(state));
  const standby = team.standbys?.find((one) => one.holder === holder);
  if (!standby) throw new RingbackError('not-found', teamMessages.noStandby());
  const forgotten = [...(team.forgotten ?? []), { holder, since: standby.since }].slice(-mostForgotten);
  state.stored.set({ ...team, forgotten });
  // It is listed for as long as the newest copy at the server lets it take over.
  await state.side?.flushCopy();
  state.options.changed();
}

/** What the side of a receiver needs for standbys, or as one. */
function standbyOptions(
  state: TeamState,
): Pick<SideOptions, 'collect' | 'apply' | 'due' | 'dueAfter' | 'standbysFound' | 'standbysNamed' | 'isForgotten'> {
  const { stored, options } = state;
  const known = (): readonly Standby[] => (stored.value?.role === 'receiver' && stored.value.standbys) || [];
  const store = (standbys: readonly Standby[]): void => {
    if (stored.value?.role === 'receiver' && !isDeepStrictEqual(standbys, known()))
      stored.set({ ...stored.value, standbys: [...standbys] });
  };
  return {
    collect: async () => ({ team: await collectTeam(state), records: await options.records.collect() }),
    apply: (content, ring) => applyCopy(state, content, ring),
    due(term) {
      if (state.dueAfter === term) return;
      state.dueAfter = term;
      const { replacedBy } = receiverOf(state);
      state
        .queue(() => restart(state, 'nothing', { takesOverAfter: term, replacedBy }))
        .catch((error) => {
          options.log.warn('team', `This computer could not take over: ${describe(error)}`);
          return state.queue(() => standByAgain(state));
        })
        .catch((error) => options.warn(describe(error)));
    },
    dueAfter: () => state.dueAfter,
    standbysFound: (found) =>
      store([...known().filter((one) => !found.some(({ holder }) => holder === one.holder)), ...found]),
    standbysNamed: store,
    isForgotten: (standby) => stored.value?.role === 'receiver' && isForgotten(standby, stored.value.forgotten ?? []),
  };
}

/** After it could not be stored that this computer takes over: it waits for its turn again. */
async function standByAgain(state: TeamState): Promise<void> {
  state.dueAfter = undefined;
  if (state.side) return;
  await startSide(state);
  state.options.changed();
}

const CopiedTeam = ReceiverRecord.pick({ members: true, forgotten: true }).extend({
  rotatedKeys: z.string().optional(),
});

async function collectTeam(state: TeamState): Promise<z.infer<typeof CopiedTeam>> {
  const { members, forgotten, secrets } = receiverOf(state);
  const { rotatedKeys } = secrets;
  if (rotatedKeys === undefined) return { members, forgotten };
  const { secrets: plain, lost } = await state.options.secretStore.decrypt({ rotatedKeys });
  if (lost.length > 0) throw new RingbackError('conflict', teamMessages.secretsLost());
  return { members, forgotten, ...(plain.rotatedKeys === undefined ? {} : { rotatedKeys: plain.rotatedKeys }) };
}

/** Stored one after the other: where that ends half-way, all of it is done again before this computer changes a hook. */
async function applyCopy(state: TeamState, content: CopyContent, ring: KeyRing): Promise<void> {
  const { members, forgotten, rotatedKeys } = CopiedTeam.parse(content.team);
  await state.options.records.apply(content.records);
  if (rotatedKeys !== undefined) ring.addOlder(parseTeamKeys(rotatedKeys));
  const encrypted = await state.options.secretStore.encrypt({ rotatedKeys: formatTeamKeys(ring.all) });
  const { needsCopy: _, ...team } = receiverOf(state);
  state.stored.set({ ...team, members, forgotten, secrets: { ...team.secrets, ...encrypted } });
}

/** It is the other computer's business while that one receives; this one knows of itself whether it does. */
async function absenceOf({ stored, side }: TeamState): Promise<Absence> {
  const team = stored.value;
  if (!team || (team.role === 'receiver' && team.replacedBy === undefined)) return 'none';
  const hasReceiver = await side?.hasReceiver();
  if (hasReceiver === undefined) return 'unknown';
  if (hasReceiver) return 'none';
  const asleep = await side?.asleepSince();
  if (asleep !== undefined) return teamMessages.receiverAsleep({ computer: receiverName(team), since: toTime(asleep) });
  if (team.role === 'member') return teamMessages.receiverAway({ computer: team.computer });
  return teamMessages.replacedAway({ computer: receiverName(team) });
}

/** The computer that receives for the team, as far as it is known here. */
function receiverName(team: TeamRecord): string {
  return (team.role === 'receiver' ? team.replacedBy : undefined) ?? team.computer;
}

async function takeOver(state: TeamState): Promise<TeamStatus> {
  const { replacedBy } = receiverOf(state);
  if (replacedBy === undefined) throw new RingbackError('conflict', teamMessages.alreadyReceives());
  await settle(state, 'take-over');
  return statusOf(state);
}

/** What of the stored events is still to be published: nothing of restored or copied data, everything in a new event store. */
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

function restartLater(state: TeamState, unpublished: Unpublished): void {
  if (state.stored.value?.role !== 'receiver') return;
  state.queue(() => restart(state, unpublished)).catch((error) => state.options.warn(describe(error)));
}

/** `stored` is called before it starts again. */
async function restart(
  state: TeamState,
  unpublished: Unpublished,
  decision?: Partial<ReceiverRecord>,
  stored = () => {},
): Promise<void> {
  await state.side?.close();
  state.side = undefined;
  try {
    await renewSource(state, unpublished, decision);
  } catch (error) {
    state.failure = toProblem(error);
    state.options.changed();
    throw error;
  }
  stored();
  await startSide(state);
  state.options.changed();
}

async function settle(state: TeamState, choice: 'take-over' | 'new', settled = () => {}): Promise<void> {
  if (!state.stored.value || choice === 'new') settled();
  if (!state.stored.value) return;
  // Stored with the new numbering or not at all: without it, what is published could bear numbers that others used.
  if (choice === 'take-over') return restart(state, 'nothing', { takesOver: true, replacedBy: undefined }, settled);
  // The place in the team stays with the other computer.
  await leave(state);
}

/** Otherwise what was deleted long ago would be shown as a gap at each connection. */
function noteCaughtUp({ stored }: TeamState, { source, event }: NumberedEvent): void {
  const team = stored.value;
  if (team?.role !== 'member') return;
  const known = caughtUpTo(team);
  if (source === known.source && event <= known.event) return;
  stored.set({ ...team, joinedAfter: event, joinedSource: source });
}

/** It is compared with the oldest message of the stream at the next connection. */
function notePosition({ stored }: TeamState, position: number): void {
  const team = stored.value;
  if (team?.role === 'member' && position > (team.position ?? 0)) stored.set({ ...team, position });
}

/** Another computer has taken over from the one that invited this member. */
function noteReceiver({ stored }: TeamState, computer: string): void {
  const team = stored.value;
  if (team?.role === 'member' && team.computer !== computer) stored.set({ ...team, computer });
}

/** Throws conflict where this installation is in a team already. */
function rejectSecondTeam({ stored, options }: TeamState): void {
  if (!options.connect) throw new RingbackError('conflict', teamMessages.noBroker());
  if (stored.value) throw new RingbackError('conflict', teamMessages.alreadyIn({ team: stored.value.name }));
}

function receiverOf({ stored }: TeamState): ReceiverRecord {
  if (!stored.value) throw new RingbackError('conflict', teamMessages.notInTeam());
  if (stored.value.role !== 'receiver') throw new RingbackError('conflict', teamMessages.receiverOnly());
  return stored.value;
}

/** Throws where another computer receives in place of this one: what is changed here would not count for the team. */
function rejectReplaced(state: TeamState): TeamState {
  const problem = state.side?.problem;
  const waiting = typeof problem === 'object' && problem.code === otherReceiver ? problem : undefined;
  const team = state.stored.value;
  // What it would change for the members is in the copy that it does not have yet.
  const needsCopy = team?.role === 'receiver' && team.needsCopy ? teamMessages.standbyWithoutCopy() : undefined;
  const reason = heldReason(team) ?? waiting ?? needsCopy;
  if (reason) throw new RingbackError('conflict', reason);
  return state;
}

async function create(state: TeamState, input: ParsedInput<'team.create'>): Promise<TeamStatus> {
  rejectSecondTeam(state);
  const { ledger } = state.options;
  const team = await createTeam(input, state.options);
  // What came before the team is not for its members.
  await ledger.write('published', { event: countAfter(ledger, 0).newest, sequence: 0 });
  state.stored.set(team);
  await startSide(state);
  return statusOf(state);
}

async function join(state: TeamState, text: string): Promise<TeamStatus> {
  rejectSecondTeam(state);
  const { options, stored } = state;
  const standby = parseStandbyInvitation(text);
  if (standby) stored.set(await becomeStandby(state, standby));
  else stored.set(await joinTeam(parseInvitation(text), options.secretStore));
  await startSide(state);
  return statusOf(state);
}

async function becomeStandby({ options }: TeamState, invitation: StandbyInvitation): Promise<ReceiverRecord> {
  const { secretStore, ledger, installation, machine, now } = options;
  if (options.hasRecords()) throw new RingbackError('conflict', teamMessages.standbyNotEmpty());
  const holder = holderOf(installation, machine);
  // What this computer has was never for the team.
  await ledger.write('published', { event: countAfter(ledger, 0).newest, sequence: 0 });
  return joinAsStandby(invitation, { secretStore, holder, now: now() });
}

async function invite(state: TeamState, { member: name, filter = {} }: ParsedInput<'team.invite'>): Promise<string> {
  const { secretStore, ledger, now } = state.options;
  const team = receiverOf(rejectReplaced(state));
  const { secrets } = await secretStore.decrypt({ teamKey: team.secrets.teamKey });
  if (secrets.teamKey === undefined) throw new RingbackError('conflict', teamMessages.secretsLost());
  const newest = countAfter(ledger, 0).newest;
  const sequence = endOfStream(state, team);
  const known = { member: name, filter, teamKey: secrets.teamKey, now: now(), newest, sequence };
  const { member, invitation } = createInvitation(team, known);
  state.stored.set({ ...team, members: [...team.members, member] });
  await applyMembers(state);
  return invitation;
}

/** The newest message of the stream; undefined where a new numbering has not seen it yet. */
function endOfStream({ options }: TeamState, { source }: ReceiverRecord): number | undefined {
  const { sequence } = selectPublished(options.ledger);
  return sequence === 0 && source !== undefined ? undefined : sequence;
}

async function removeMember(state: TeamState, id: string): Promise<void> {
  const team = receiverOf(rejectReplaced(state));
  if (!team.members.some((one) => one.id === id)) throw new RingbackError('not-found', teamMessages.noMember());
  await rotateKey(state, async (current) => ({ members: current.members.filter((one) => one.id !== id) }));
  await applyMembers(state);
}

/** Members request the new key with the first message that it encrypts. What changes with the key is stored at once with it, or nothing is. */
async function rotateKey(
  state: TeamState,
  changesOf: (team: ReceiverRecord) => Promise<Partial<ReceiverRecord>> = async () => ({}),
): Promise<void> {
  const { secretStore } = state.options;
  const known = receiverOf(state).secrets.rotatedKeys;
  const { secrets, lost } = await secretStore.decrypt(known === undefined ? {} : { known });
  if (lost.length > 0) throw new RingbackError('conflict', teamMessages.secretsLost());
  const ring = createKeyRing(secrets.known);
  const key = createContentKey();
  ring.add([key]);
  const { rotatedKeys = '' } = await secretStore.encrypt({ rotatedKeys: formatTeamKeys(ring.all) });
  const changes = await changesOf(receiverOf(state));
  const team = receiverOf(state);
  state.stored.set({ ...team, ...changes, secrets: { ...team.secrets, rotatedKeys } });
  state.side?.keys.add([key]);
}

/** A member's, which it requests from the receiver. */
async function storeKeys({ stored, options }: TeamState, keys: readonly TeamKey[]): Promise<void> {
  const { rotatedKeys = '' } = await options.secretStore.encrypt({ rotatedKeys: formatTeamKeys(keys) });
  const team = stored.value;
  if (team?.role === 'member') stored.set({ ...team, secrets: { ...team.secrets, rotatedKeys } });
}

/** What fails now is tried again until it succeeds. */
async function applyMembers({ side, options }: TeamState): Promise<void> {
  await side?.apply();
  options.changed();
}

async function leave(state: TeamState): Promise<void> {
  if (!state.stored.value) throw new RingbackError('conflict', teamMessages.notInTeam());
  clearTimeout(state.waiting);
  state.waiting = undefined;
  await state.side?.close();
  state.side = undefined;
  state.failure = undefined;
  state.stored.set(null);
  await state.options.ledger.write('published', { event: nothingToPublish, sequence: 0 });
  state.options.changed();
}

async function statusOf(state: TeamState): Promise<TeamStatus> {
  const { stored, side, failure } = state;
  const team = stored.value;
  if (!team) return { role: 'none', state: 'down', behind: 0 };
  const absence = await absenceOf(state);
  return {
    role: team.role,
    state: side?.state ?? 'down',
    ...problemFields(withAbsence(side?.problem ?? failure, absence)),
    behind: (await side?.behind().catch(() => 0)) ?? 0,
    ...(side?.lastEventAt === undefined ? {} : { lastEvent: toTime(side.lastEventAt) }),
    ...(team.role === 'receiver' ? { members: team.members.length, ...standbyFields(team) } : {}),
    ...{ team: team.name, receiver: receiverName(team), servers: team.servers },
  };
}

function standbyFields({
  replacedBy,
  standby,
  standbys = [],
}: ReceiverRecord): Pick<TeamStatus, 'standby' | 'standbys'> {
  if (replacedBy !== undefined) return { standby: standby?.after === undefined ? {} : { after: standby.after } };
  const shown = standbys.map(({ holder, computer, after }) => ({
    ...{ id: holder, computer },
    ...(after === undefined ? {} : { after }),
  }));
  return shown.length > 0 ? { standbys: shown } : {};
}

/** What keeps this computer itself from receiving comes first; that another one receives in its place says less than that it is away. */
function withAbsence(problem: Message | Problem | string | undefined, absence: Absence): typeof problem {
  if (typeof absence === 'string') return problem;
  const isReplaced = typeof problem === 'object' && problem.code === 'team.replaced';
  return problem === undefined || isReplaced ? absence : problem;
}

function problemFields(
  problem: Message | Problem | string | undefined,
): Pick<TeamStatus, 'problem' | 'problemMessage'> {
  if (problem === undefined) return {};
  if (typeof problem === 'string') return { problem };
  if ('text' in problem) return { problem: problem.text, problemMessage: referenceOf(problem) };
  return { problem: problem.message, ...(problem.reason ? { problemMessage: problem.reason } : {}) };
}

async function listMembers(state: TeamState): Promise<TeamMember[]> {
  const { side } = state;
  const team = receiverOf(state);
  return Promise.all(
    team.members.map(async (member) => toMember(member, await side?.stateOf(member).catch(() => undefined))),
  );
}

function toMember(member: MemberRecord, state: Awaited<ReturnType<Side['stateOf']>>): TeamMember {
  const { id, name, filter, invitedAt } = member;
  return {
    ...{ id, name, filter, invitedAt: toTime(invitedAt), connected: state?.connected ?? false },
    ...(state === undefined ? {} : { behind: state.behind }),
    ...(state?.seenAt === undefined ? {} : { lastSeen: toTime(state.seenAt) }),
  };
}
