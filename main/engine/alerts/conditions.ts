import { statfs } from 'node:fs/promises';
import type { Settings, Status, TeamStatus, TunnelStatus, UpdateStatus } from '../../../preload/contract/index.ts';
import type { RejectionReason } from '../connector/index.ts';
import { alertMessages, type Message, storedMessage } from '../messages/index.ts';
import type { SecretStore } from '../storage/index.ts';
import { days, hours, isRecent, minutes } from '../timing/index.ts';
import type { AlertCondition, ConditionState } from './alerts.ts';

const good: ConditionState = { state: 'good' };

interface TunnelConditionOptions {
  status(): Pick<Status, 'tunnel' | 'receiver'>;
  settings(): Settings['notifications'];
  /** Whether anything waits for callbacks. */
  isNeeded(): boolean;
  /** Waits for the search for missed events; what it found since then, in English. */
  recovered(since: number): Promise<string | undefined>;
  now(): number;
}

const defaultTunnelMinutes = 2;
/** While nothing waits for callbacks an outage is reported so many times later. */
const unneededFactor = 15;

/** No callback can arrive. */
export function tunnelCondition(options: TunnelConditionOptions): AlertCondition {
  return {
    id: 'tunnel',
    check() {
      const { tunnel, receiver } = options.status();
      if (tunnel.state === 'off') return { state: 'gone' };
      if (receiver.problem === undefined && (tunnel.state === 'up' || tunnel.state === 'idle')) return good;
      const { tunnelAlertMinutes = defaultTunnelMinutes } = options.settings();
      const delay = minutes(tunnelAlertMinutes) * (options.isNeeded() ? 1 : unneededFactor);
      const body = receiver.problem ?? tunnelProblem(tunnel);
      return { state: 'bad', delay, text: { title: alertMessages.tunnelDownTitle(), body } };
    },
    async over(since) {
      const time = options.now() - since;
      const recovered = await options.recovered(since);
      const { tunnelUpTitle: title, tunnelUp, tunnelUpRecovered } = alertMessages;
      const body = recovered === undefined ? tunnelUp({ time }) : tunnelUpRecovered({ time, recovered });
      return { title: title(), body };
    },
  };
}

function tunnelProblem({ problem }: TunnelStatus) {
  return problem ?? alertMessages.tunnelDown();
}

export interface RejectedHook extends RejectionReason {
  readonly id: string;
  readonly name: Message;
  /** Rejected in a row since the last accepted delivery; undefined where nothing is known since the start. */
  readonly rejected: number | undefined;
}

/** So many rejections in a row are no accident. */
const reportedRejections = 5;

/** The deliveries of a hook are rejected again and again. */
export function rejectionCondition({ id, name, rejected, reason, reasonMessage }: RejectedHook): AlertCondition {
  return {
    ...{ id: `rejections:${id}`, page: 'hooks', outlastsRestart: true },
    check() {
      if (rejected === undefined) return { state: 'unknown' };
      if (rejected === 0) return good;
      if (rejected < reportedRejections) return { state: 'unknown' };
      const body = alertMessages.rejected({ count: rejected, reason: storedMessage(reason, reasonMessage) });
      return { state: 'bad', delay: 0, text: { title: alertMessages.rejectedTitle({ hook: name }), body } };
    },
    over: () => ({ title: alertMessages.acceptedTitle({ hook: name }), body: alertMessages.accepted() }),
  };
}

/** How long the server of a team may be away before that is reported: a restart or a short outage loses nothing. */
const teamDelay = minutes(15);

/** The same where it said that it goes to sleep: a night. */
const asleepDelay = hours(12);

/** Milliseconds between two questions to the server whether a computer receives: each member asks. */
const absenceInterval = minutes(1);

interface TeamStanding extends Pick<TeamStatus, 'role' | 'state'> {
  readonly team: string;
  readonly problem: Message | undefined;
}

/** The server of the team cannot be reached, or a receiver cannot publish. */
export function teamCondition(status: () => TeamStanding, now: () => number): AlertCondition {
  return {
    id: 'team',
    check() {
      const standing = status();
      const { role, state, problem } = standing;
      if (role === 'none' || problem?.code === 'installation.copied') return { state: 'gone' };
      if (state === 'up') return good;
      if (state === 'connecting' && problem === undefined) return { state: 'unknown' };
      // A member that cannot connect gets no alert: the receiver cannot either, or the member's user cannot change it.
      if (state === 'connecting' && role === 'member') return good;
      return { state: 'bad', delay: teamDelay, text: teamText(standing) };
    },
    over(since) {
      const title = alertMessages.teamOverTitle({ team: status().team });
      return { title, body: alertMessages.teamOver({ time: now() - since }) };
    },
  };
}

function teamText({ role, team, problem }: TeamStanding) {
  if (problem !== undefined && problem.code !== 'team.unreachable')
    return { title: alertMessages.teamProblemTitle({ team }), body: problem };
  const body = role === 'receiver' ? alertMessages.teamReceiver() : alertMessages.teamMember();
  return { title: alertMessages.teamTitle({ team }), body };
}

interface TeamReceiverOptions {
  readonly standing: { readonly role: TeamStatus['role']; readonly team: string };
  /** Why no computer receives for the team; "unknown" while the server cannot be asked. */
  absence(): Promise<Message | 'none' | 'unknown'>;
  /** Whether the user wants to know. */
  isWanted(): boolean;
  /** Whether something waits for an event. */
  isAwaited(): boolean;
}

/** The server of the team responds, but no computer receives for it. */
export function teamReceiverCondition(team: TeamReceiverOptions, now: () => number): AlertCondition {
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    id: 'teamReceiver',
    async check() {
      if (team.standing.role === 'none' || !team.isWanted()) return { state: 'gone' };
      if (isRecent(askedAt, absenceInterval, now())) return { state: 'unknown' };
      askedAt = now();
      const absence = await team.absence();
      if (absence === 'unknown') return { state: 'unknown' };
      if (absence === 'none') return good;
      const title = alertMessages.teamAwayTitle({ team: team.standing.team });
      // A receiver that went to sleep is reported late, unless something waits for an event.
      const isAsleep = absence.code === 'team.receiverAsleep' && !team.isAwaited();
      return { state: 'bad', delay: isAsleep ? asleepDelay : teamDelay, text: { title, body: absence } };
    },
    over(since) {
      const title = alertMessages.teamAwayOverTitle({ team: team.standing.team });
      return { title, body: alertMessages.teamAwayOver({ time: now() - since }) };
    },
  };
}

/** Secrets can be neither encrypted nor decrypted. */
export function keyStoreCondition(secretStore: SecretStore): AlertCondition {
  const { name } = secretStore;
  return {
    id: 'keyStore',
    async check() {
      if (await isUsable(secretStore)) return good;
      const text = { title: alertMessages.keyStoreTitle({ name }), body: alertMessages.keyStore() };
      return { state: 'bad', delay: minutes(1), text };
    },
    over: () => ({ title: alertMessages.keyStoreOverTitle({ name }), body: alertMessages.keyStoreOver() }),
  };
}

async function isUsable(secretStore: SecretStore): Promise<boolean> {
  try {
    const { lost } = await secretStore.decrypt(await secretStore.encrypt({ probe: 'probe of the key store' }));
    return lost.length === 0;
  } catch {
    return false;
  }
}

/** Less than this counts as nearly full; the alert is over at twice as much. In bytes. */
const scarceSpace = 500_000_000;

/** The disk of the data folder is nearly full. */
export function diskCondition(
  folder: string,
  measure: (folder: string) => Promise<number> = freeSpace,
): AlertCondition {
  return {
    id: 'disk',
    async check(isNotified) {
      const free = await measure(folder);
      if (free >= scarceSpace * (isNotified ? 2 : 1)) return good;
      const text = { title: alertMessages.diskTitle({ free }), body: alertMessages.disk({ folder }) };
      return { state: 'bad', delay: 0, text };
    },
    async over() {
      const free = await measure(folder);
      return { title: alertMessages.diskOverTitle(), body: alertMessages.diskOver({ free }) };
    },
  };
}

async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Newer versions of Ringback can be neither found nor downloaded. */
export function updateCondition(status: () => UpdateStatus): AlertCondition {
  return {
    ...{ id: 'updates', outlastsRestart: true },
    check() {
      const { mode, state, problem } = status();
      if (mode === 'off') return { state: 'gone' };
      if (state === 'checking' || state === 'downloading' || (state === 'none' && status().checkedAt === undefined))
        return { state: 'unknown' };
      if (state !== 'failed') return good;
      const body = problem ?? alertMessages.updates();
      return { state: 'bad', delay: days(2), text: { title: alertMessages.updatesTitle(), body } };
    },
    over: () => ({ title: alertMessages.updatesOverTitle(), body: alertMessages.updatesOver() }),
  };
}
