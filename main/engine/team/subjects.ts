import { createHmac } from 'node:crypto';
import type { TeamFilter } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { teamMessages } from '../messages/index.ts';
import { RecentMap } from '../timing/index.ts';

/** Consumers of one member at most: a consumer has one filter, so several lists need one for each combination. */
const mostConsumers = 50;

/** The stream of a team. */
export const streamOf = (team: string): string => `RINGBACK_${team}`;
const prefixOf = (team: string): string => `ringback.${team}`;
/** The subjects of all events of a team. */
export const eventSubjects = (team: string): string => `${prefixOf(team)}.events.>`;
/** Where a member asks the receiver. */
export const requestSubject = (team: string, member: string): string => `${prefixOf(team)}.ask.${member}`;
/** Where a receiver that was replaced is notified. */
export const replacementSubject = (team: string): string => `${prefixOf(team)}.replaced`;
/** The bucket of who does at present what only one computer may do. */
export const leaseBucketOf = (team: string): string => `RINGBACK_${team}_LEASES`;
/** The bucket of which computer receives for the team; no member may write to it. */
export const receiverBucketOf = (team: string): string => `RINGBACK_${team}_RECEIVER`;
/** The bucket of what a standby needs to receive; no member may read it. */
export const standbyBucketOf = (team: string): string => `RINGBACK_${team}_STANDBY`;
/** The bucket of the latest backup of each account. */
export const backupBucketOf = (team: string): string => `RINGBACK_${team}_BACKUPS`;
/** Where members and receiver get responses; nobody else may listen there. */
export const inboxOf = (team: string, user: string): string => `_INBOX_${team}_${user}`;

/** What the subject of an event is made of. */
export interface EventTopic {
  readonly connection: string;
  readonly hook: string;
  readonly event: string;
}

/** Names the parts of an event by keyed hashes, so that the server learns and guesses none of them. */
function subjectOf(team: string, key: string, { connection, hook, event }: EventTopic): string {
  const token = hasherOf(key);
  return `${prefixOf(team)}.events.${token('connection', connection)}.${token('hook', hook)}.${token('event', event)}`;
}

/** Subjects that are remembered: about as many as a team has hooks and events. */
const mostSubjects = 5000;

/** The same, with the hashes of topics that came before. */
export function createSubjects(team: string, key: string): (topic: EventTopic) => string {
  const known = new RecentMap<string, string>(mostSubjects);
  return (topic) => {
    const name = JSON.stringify([topic.connection, topic.hook, topic.event]);
    const subject = known.get(name) ?? subjectOf(team, key, topic);
    known.set(name, subject);
    return subject;
  };
}

/** Names an account that several computers may back up by a keyed hash. */
export function accountKey(key: string, account: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(`account\n${account}`).digest('hex').slice(0, 32);
}

/** The subjects that a filter lets through: none overlaps another. */
export function filterSubjects(team: string, key: string, filter: TeamFilter): string[] {
  const token = hasherOf(key);
  const tokens = (kind: keyof EventTopic, names: readonly string[] | undefined): string[] =>
    names ? [...new Set(names)].map((name) => token(kind, name)) : ['*'];
  const subjects = tokens('connection', filter.connections).flatMap((connection) =>
    tokens('hook', filter.hooks).flatMap((hook) =>
      tokens('event', filter.events).map((event) => `${prefixOf(team)}.events.${connection}.${hook}.${event}`),
    ),
  );
  if (subjects.length > mostConsumers)
    throw new RingbackError(
      'invalid-input',
      teamMessages.filterTooLarge({ count: subjects.length, most: mostConsumers }),
    );
  return subjects;
}

/** A subject that the filter lets through, and that no event has. */
export const subjectWithin = (filter: string): string => filter.replaceAll('*', 'gap');

/** Whether the filter lets this event through. */
export function isSelected(
  { connections, hooks, events }: TeamFilter,
  { connection, hook, event }: EventTopic,
): boolean {
  const fits = (names: readonly string[] | undefined, name: string): boolean => names?.includes(name) ?? true;
  return fits(connections, connection) && fits(hooks, hook) && fits(events, event);
}

function hasherOf(key: string): (kind: keyof EventTopic, name: string) => string {
  const secret = Buffer.from(key, 'base64');
  return (kind, name) => createHmac('sha256', secret).update(`${kind}\n${name}`).digest('hex').slice(0, 16);
}
