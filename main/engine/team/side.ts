import { createHash } from 'node:crypto';
import type { BrokerConnection, BrokerSession, ConnectBroker } from '../broker.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { type Message, teamMessages } from '../messages/index.ts';
import { countAfter, type Ledger, type SecretStore, selectPublished } from '../storage/index.ts';
import { caughtUpTo, type NumberedEvent } from './gap.ts';
import { createKeyRequests } from './key-request.ts';
import { createKeyRing, type KeyRing, readPublicKey, readSigningKey, readUserKey, type TeamKey } from './keys/index.ts';
import {
  type BackupLeases,
  createBackupLeases,
  createLeases,
  type Leases,
  memberLease,
  receiverLease,
} from './leases/index.ts';
import { createMemberSide } from './member.ts';
import { problemOf } from './problems.ts';
import { createReceiverSide, type MemberState } from './receiver.ts';
import type { JoinedRecord, MemberRecord, ReceiverRecord, TeamRecord, Unstored } from './record.ts';
import { createRelay, type RelayOptions } from './relay.ts';
import {
  createCopying,
  type NewestCopy,
  readSleep,
  type Standby,
  type StandbyKeys,
  writeSleep,
} from './standby/index.ts';
import { createSubjects, inboxOf } from './subjects.ts';
import type { EventSource } from './topic.ts';

export type CopyContent = Pick<NewestCopy, 'team' | 'records'>;

/** What a team needs of the engine. */
export interface SideOptions extends Pick<RelayOptions, 'stored' | 'repeated' | 'forged'> {
  readonly connect: ConnectBroker;
  readonly secretStore: SecretStore;
  /** Names this installation, and its computer for the others. */
  readonly installation: string;
  readonly computer: string;
  /** Identifies this computer; absent where that is not known. */
  readonly machine?: string | undefined;
  readonly ledger: Ledger;
  readonly log: Log;
  now(): number;
  sourceOf(hook: string, connection: string): EventSource;
  /** A member has all of its receiver's events up to this one that are for it. */
  caughtUp(upTo: NumberedEvent): void;
  /** A member got an event from the computer of that name, which receives for the team. */
  receivedFrom(computer: string): void;
  /** A member needs no message of the stream up to this one any more. */
  tookUpTo(sequence: number): void;
  /** Where messages begin that a member could not store; undefined where it stored all. */
  noteUnstored(unstored: Unstored | undefined): void;
  /** The server can be asked again. */
  connected(): void;
  /** The data of this receiver are older than what it published. */
  restored(): void;
  /** The server says which computer receives: another one in place of this one, or this one where undefined. */
  decided(replacedBy: string | undefined): void;
  /** The server confirmed again that this computer holds the receiver's lease, after that was in doubt. */
  confirmed(): void;
  /** What a standby needs beside the team. */
  collect(): Promise<CopyContent>;
  /** Takes what the former receiver left, in place of what is here. */
  apply(content: CopyContent, keys: KeyRing): Promise<void>;
  /** Nobody received for so long that this computer takes over. */
  due(term: number): void;
  /** The computer may take over after that term; undefined where it did not find so since its start. */
  dueAfter(): number | undefined;
  standbysFound(standbys: readonly Standby[]): void;
  standbysNamed(standbys: readonly Standby[]): void;
  /** Whether a standby does not count any more. */
  isForgotten(standby: Standby): boolean;
  /** A member got keys of the team, which are to be stored. */
  learnedKeys(keys: readonly TeamKey[]): Promise<void>;
  /** Status or members changed. */
  changed(): void;
}

/** This installation's part in its team, with its connection to the server. */
export interface Side {
  readonly state: 'up' | 'connecting' | 'down';
  readonly problem: Message | undefined;
  /** When the newest event came, in milliseconds since 1970. */
  readonly lastEventAt: number | undefined;
  /** This computer is no standby any more. Never rejects. */
  withdraw(): Promise<void>;
  readonly backups: BackupLeases;
  /** Those that a rotation created. */
  readonly keys: KeyRing;
  /** Whether the server confirmed within the last minute that this computer receives. */
  isConfirmed(): boolean;
  /** The computer may have slept: what the server confirmed counts no more. */
  doubt(): void;
  /** This computer goes to sleep: where it receives, the others learn that. Never rejects. */
  sleep(): Promise<void>;
  /** When the receiver went to sleep, in milliseconds since 1970; undefined where it did not, or nobody can be asked. */
  asleepSince(): Promise<number | undefined>;
  /** What a standby needs may have changed. */
  copy(): void;
  /** Resolves once standbys have all that they need. */
  flushCopy(): Promise<void>;
  /** Whether any computer receives for the team; undefined while the server cannot be asked. */
  hasReceiver(): Promise<boolean | undefined>;
  /** Events that wait to be published or received. */
  behind(): Promise<number>;
  publish(): void;
  apply(): Promise<void>;
  stateOf(member: MemberRecord): Promise<MemberState | undefined>;
  wake(): void;
  close(): Promise<void>;
}

/** What both roles have in common. */
interface Role extends Pick<Side, 'copy' | 'flushCopy' | 'sleep' | 'withdraw'> {
  use(session: BrokerSession): void;
  pause(): void;
  behind(): Promise<number>;
  publish(): void;
  apply(): Promise<void>;
  stateOf(member: MemberRecord): Promise<MemberState | undefined>;
  close(): Promise<void>;
}

interface SideState {
  state: Side['state'];
  /** Connected, and waits as another computer receives. */
  standsBy: boolean;
  problem: Message | undefined;
  lastEventAt: number | undefined;
}

type Report = (change: Partial<SideState>) => void;

/** Throws where the keys cannot be decrypted. `current` gives the record with its present members. */
export async function openSide(current: () => TeamRecord, options: SideOptions): Promise<Side> {
  const team = current();
  const { secrets, lost } = await options.secretStore.decrypt(team.secrets as Record<string, string>);
  if (lost.length > 0) throw new RingbackError('conflict', teamMessages.secretsLost());
  const ring = createKeyRing(secrets.rotatedKeys);
  const status: SideState = { state: 'connecting', standsBy: false, problem: undefined, lastEventAt: undefined };
  const report: Report = (change) => {
    Object.assign(status, change);
    options.changed();
  };
  const shared = openShared(team, secrets.teamKey ?? '', options, (session) => {
    role.pause();
    role.use(session);
  });
  const role =
    team.role === 'receiver'
      ? openReceiver(team, () => receiverOf(current()), secrets, { ...options, shared, ring }, report)
      : openMember(team, () => memberOf(current()), secrets, { ...options, shared, ring }, report);
  const connection = connectSide(team, secrets, { ...options, role, shared, report });
  return {
    get state() {
      if (status.standsBy) return 'up';
      return status.problem !== undefined && status.state === 'up' ? 'connecting' : status.state;
    },
    get problem() {
      return status.problem;
    },
    get lastEventAt() {
      return status.lastEventAt;
    },
    backups: shared.backups,
    keys: ring,
    asleepSince: () => asleepSince(team, shared, options),
    ...{ copy: role.copy, flushCopy: role.flushCopy, sleep: role.sleep, doubt: shared.leases.doubt },
    withdraw: role.withdraw,
    isConfirmed: () => shared.leases.isConfirmed(receiverLease),
    ...{ behind: role.behind, publish: role.publish, apply: role.apply, stateOf: role.stateOf },
    hasReceiver: () => shared.leases.isHeld(receiverLease).catch(() => undefined),
    wake: connection.wake,
    async close() {
      role.pause();
      await connection.close();
      await role.close();
      await shared.leases.close();
    },
  };
}

/** What all computers of the team share through the server besides events. */
interface Shared {
  session(): BrokerSession | undefined;
  readonly holder: string;
  readonly leases: Leases;
  readonly backups: BackupLeases;
  use(session: BrokerSession | undefined): void;
}

/** What both roles share. */
interface RoleOptions extends SideOptions {
  readonly shared: Shared;
  readonly ring: KeyRing;
}

/** Names an installation on its computer: a copy of its data elsewhere is another holder. */
export function holderOf(installation: string, machine = ''): string {
  return createHash('sha256').update(`${installation}\n${machine}`).digest('hex').slice(0, 16);
}

/** `superseded` is called while another computer has taken the place of this one. */
function openShared(
  { id: team, ...record }: TeamRecord,
  teamKey: string,
  { installation, machine = '', computer, log, confirmed }: SideOptions,
  superseded: (session: BrokerSession) => void,
): Shared {
  let current: BrokerSession | undefined;
  const lease = record.role === 'receiver' ? receiverLease : memberLease(record.member.id);
  const holder = holderOf(installation, machine);
  const known = { team, teamKey, installation, holder, computer, log, session: () => current };
  const lost = (key: string): void => {
    if (key === lease && current) superseded(current);
  };
  const regained = (key: string): void => {
    if (key === receiverLease) confirmed();
  };
  const leases = createLeases({ ...known, lost, regained });
  return {
    session: known.session,
    holder,
    leases,
    backups: createBackupLeases({ ...known, leases }),
    use(session) {
      current = session;
    },
  };
}

async function asleepSince(
  { id, signingKey }: TeamRecord,
  { session }: Shared,
  { log, now }: SideOptions,
): Promise<number | undefined> {
  try {
    const current = session();
    return current && (await readSleep(current, id, readPublicKey(signingKey), now()));
  } catch (error) {
    log.info('team', `Whether the receiver sleeps is not known: ${describe(error)}`);
    return undefined;
  }
}

function receiverOf(team: TeamRecord): ReceiverRecord | undefined {
  return team.role === 'receiver' ? team : undefined;
}

function memberOf(team: TeamRecord): JoinedRecord | undefined {
  return team.role === 'member' ? team : undefined;
}

function connectSide(
  team: TeamRecord,
  secrets: Readonly<Record<string, string>>,
  {
    connect,
    role,
    shared,
    report,
    connected,
  }: SideOptions & { readonly role: Role; readonly shared: Shared; readonly report: Report },
): BrokerConnection {
  const id = team.role === 'receiver' ? 'receiver' : team.member.id;
  return connect({
    ...{ servers: team.servers, secure: team.secure, authority: team.authority },
    ...{ user: readUserKey(secrets.seed ?? ''), credentials: secrets.credentials },
    ...{ name: `Ringback ${id}`, inbox: inboxOf(team.id, id) },
    connected(session) {
      report({ state: 'connecting', standsBy: false, problem: undefined });
      role.use(session);
      connected();
    },
    lost(fault) {
      shared.use(undefined);
      role.pause();
      report({ state: 'down', standsBy: false, problem: problemOf(fault) });
    },
  });
}

function openReceiver(
  team: ReceiverRecord,
  current: () => ReceiverRecord | undefined,
  secrets: Readonly<Record<string, string>>,
  options: RoleOptions,
  report: Report,
): Role {
  const { ledger, log, now, sourceOf, restored, shared, ring, decided, due } = options;
  const { teamKey = '' } = secrets;
  const members = (): readonly MemberRecord[] => current()?.members ?? [];
  const signing = readSigningKey(secrets.signing ?? '');
  const standbyKeys: StandbyKeys = {
    ...{ team: team.id, user: team.user, seed: secrets.seed ?? '' },
    ...{ signing, verifying: readPublicKey(team.signingKey) },
  };
  const copying = createCopying({
    ...{ keys: standbyKeys, log, now, collect: options.collect },
    ...{ found: options.standbysFound, named: options.standbysNamed, isForgotten: options.isForgotten },
  });
  const side = createReceiverSide({
    ...{ storageReady: shared.use, prepared: () => report({ state: 'up', standsBy: false }) },
    standsBy: (is) => report({ standsBy: is }),
    ...{ team: team.id, installation: team.installation, computer: options.computer, members, restored },
    ...{ source: team.source ?? team.installation, sourceStart: team.sourceStart ?? 0, leases: shared.leases },
    ...{ holder: shared.holder, teamKey, decided, due, copying, standbyKeys },
    takeOver: () => takeOverOf(current(), options.dueAfter()),
    standby: () => standbyOf(current()),
    needsCopy: () => current()?.needsCopy ?? false,
    apply: (copy) => options.apply(copy, ring),
    keys: { signing, teamKey, rotated: ring },
    ...{ ledger, log, now, sourceOf, ring },
    subjectOf: createSubjects(team.id, teamKey),
    filters: () => [
      ...new Set(members().flatMap(({ consumers }) => consumers.slice(0, 1).map(({ filter }) => filter))),
    ],
    changed: () => report({ lastEventAt: now() }),
    problem: (problem) => report({ problem }),
  });
  return {
    ...side,
    ...{ copy: copying.request, flushCopy: copying.flush },
    async sleep() {
      const session = shared.session();
      if (!session || !shared.leases.isConfirmed(receiverLease)) return;
      await writeSleep(session, team.id, signing, now()).catch((error) =>
        log.info('team', `The others do not learn that this computer sleeps: ${describe(error)}`),
      );
    },
    behind: async () => countAfter(ledger, selectPublished(ledger).event).count,
    withdraw: () =>
      side
        .withdraw()
        .catch((error) => log.info('team', `The receiver does not learn that this standby left: ${describe(error)}`)),
    async close() {
      await side.close();
      await copying.close();
    },
  };
}

/** After a restart nobody knows for how long there was no receiver: what this computer decided by itself counts no more. */
function takeOverOf(team: ReceiverRecord | undefined, dueAfter: number | undefined) {
  const { takesOver = false, takesOverAfter } = team ?? {};
  if (takesOver) return 'wanted';
  if (takesOverAfter === undefined) return 'none';
  return { after: takesOverAfter === dueAfter ? takesOverAfter : -1 };
}

function standbyOf(team: ReceiverRecord | undefined) {
  if (!team || (team.replacedBy === undefined && !team.needsCopy)) return undefined;
  return { computer: team.replacedBy ?? team.computer, after: team.standby?.after, since: team.standby?.since };
}

function openMember(
  team: JoinedRecord,
  current: () => JoinedRecord | undefined,
  secrets: Readonly<Record<string, string>>,
  options: RoleOptions,
  report: Report,
): Role {
  const { ledger, log, now, stored, repeated, forged, caughtUp, tookUpTo, shared, ring } = options;
  const { seed = '', teamKey = '' } = secrets;
  const signing = readPublicKey(team.signingKey);
  const { session } = shared;
  const relay = createRelay({
    ...{ team, ledger, now, stored, repeated, forged },
    keys: { signing, teamKey, rotated: ring },
    requestKeys: createKeyRequests({ team, seed, signing, ring, session, learned: options.learnedKeys }),
    received(lastEventAt, receiver) {
      if (receiver !== undefined) options.receivedFrom(receiver);
      report({ lastEventAt });
    },
  });
  const side = createMemberSide({
    ...{ team, ledger, log, relay, now, stored, caughtUp, tookUpTo },
    caughtUpTo: () => caughtUpTo(current() ?? team),
    position: () => current()?.position,
    unstored: () => current()?.unstored,
    noteUnstored: options.noteUnstored,
    claim: () => shared.leases.acquire(memberLease(team.member.id)),
    prepared: () => report({ state: 'up' }),
    problem: (problem) => report({ problem }),
  });
  const idle = async () => {};
  const nothing = { publish: () => {}, copy: () => {}, flushCopy: idle, sleep: idle, withdraw: idle };
  return {
    ...side,
    use(next) {
      shared.use(next);
      side.use(next);
    },
    ...{ ...nothing, apply: async () => {}, stateOf: async () => undefined },
  };
}
