import type { ParsedInput, TeamMember, TeamStatus } from '../../../preload/contract/index.ts';
import { describe } from '../log.ts';
import type { Message } from '../messages/index.ts';
import { createStoredValue } from '../storage/index.ts';
import { createSerialQueue } from '../timing/index.ts';
import {
  type Absence,
  absenceOf,
  attempt,
  create,
  endAttempts,
  forgetStandby,
  hooksOf,
  invite,
  inviteStandby,
  join,
  leave,
  listMembers,
  presentProblem,
  receiverOf,
  rejectReplaced,
  removeMember,
  restartLater,
  rotateKey,
  settle,
  standBy,
  standsBy,
  startSide,
  statusOf,
  type TeamHooks,
  type TeamOptions,
  type TeamState,
  takeOver,
} from './computer/index.ts';
import type { BackupLeases, ClaimResult } from './leases/index.ts';
import { TeamRecord } from './record.ts';
import { formatServerConfig } from './server-config.ts';

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
  /** Whether this computer stands by. */
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
  readonly standing: TeamStanding;
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

export interface TeamStanding extends Pick<TeamStatus, 'role' | 'state'> {
  readonly team: string;
  /** What does not work. */
  readonly problem: Message | undefined;
}

/** The same as the leases of a team, for a computer that may be in none. */
interface TeamBackups extends Omit<BackupLeases, 'claim'> {
  claim(claim: Parameters<BackupLeases['claim']>[0]): Promise<ClaimResult | { readonly kind: 'alone' }>;
}

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
    attempted: undefined,
    attempting: undefined,
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
      return { role, state: state.side?.state ?? 'down', team: name, problem: presentProblem(state) };
    },
    backups: backupsOf(state),
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
      if (state.attempted) attempt(state, state.attempted);
    },
    sleep: async () => state.side?.sleep(),
    republish: () => restartLater(state, 'everything'),
    settle: (choice, settled) => queue(() => settle(state, choice, settled)),
    close: () =>
      queue(async () => {
        clearTimeout(state.waiting);
        endAttempts(state);
        await state.side?.close();
      }),
  };
}

function backupsOf(state: TeamState): TeamBackups {
  return {
    async claim(claim) {
      if (!state.stored.value) return { kind: 'alone' };
      return state.side?.backups.claim(claim) ?? { kind: 'unknown' };
    },
    report: async (report) => state.stored.value === null || (state.side?.backups.report(report) ?? false),
    release: async (account, token) => state.side?.backups.release(account, token),
  };
}
