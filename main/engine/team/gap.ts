import type { BrokerSession } from '../broker.ts';
import { describe, type Log } from '../log.ts';
import { teamMessages } from '../messages/index.ts';
import { type Ledger, selectLastRelayed } from '../storage/index.ts';
import { seconds } from '../timing/index.ts';
import { type CatchUpRequest, CatchUpResponse } from './catch-up.ts';
import { eventOf } from './publisher.ts';
import type { JoinedRecord, Unstored } from './record.ts';
import type { Relay } from './relay.ts';
import { toNoteRow } from './relayed-row.ts';
import { requestSubject, streamOf } from './subjects.ts';

/** An event of the receiver: numbers of two sources say nothing about each other. */
export interface NumberedEvent {
  readonly source: string;
  readonly event: number;
}

export interface GapOptions {
  readonly team: JoinedRecord;
  readonly ledger: Ledger;
  readonly log: Log;
  readonly relay: Relay;
  now(): number;
  stored(event: number): void;
  /** The receiver's event up to which nothing is missing here, beside what is stored. */
  caughtUpTo(): NumberedEvent;
  /** The newest message of the stream that this member took; undefined where that is not known. */
  position(): number | undefined;
  /** Where messages begin that could not be stored; undefined where all were that came. */
  unstored(): Unstored | undefined;
  noteUnstored(unstored: Unstored | undefined): void;
  /** Messages of the stream up to this one are not needed any more. */
  tookUpTo(sequence: number): void;
  /** The receiver sent, or no longer has, all that this member missed up to this event of it. */
  caughtUp(upTo: NumberedEvent): void;
}

/** Milliseconds in which the receiver must respond. */
const timeout = seconds(10);

/**
 * Requests from the receiver what the stream deleted before this member took it, and shows a gap for what it does not
 * have either. False if it does not respond: then, if `showsGap`, all is shown as a gap; it is to be requested again.
 */
export async function closeGap(options: GapOptions, session: BrokerSession, showsGap = true): Promise<boolean> {
  const { team } = options;
  const stream = streamOf(team.id);
  const { first } = await session.streamState(stream);
  const states = await Promise.all(team.consumers.map(({ name }) => session.consumerState(stream, name)));
  const acknowledged = Math.min(...states.map((state) => state.acknowledged));
  const unstored = options.unstored();
  // A server that deletes messages may count them as acknowledged.
  const position = Math.min(acknowledged, options.position() ?? acknowledged, (unstored?.first ?? first) - 1);
  const missing = first - position - 1;
  if (missing <= 0) {
    // Messages are acknowledged once they are stored: none is missing any more.
    if (unstored && states.every((state) => state.unacknowledged === 0)) options.noteUnstored(undefined);
    return true;
  }
  const after = unstored?.after ?? storedUpTo(options);
  const deleted = await catchUp(options, session, after);
  const hasResponded = deleted !== Number.POSITIVE_INFINITY;
  if (hasResponded ? deleted > 0 : showsGap) await storeGap(options, first, hasResponded ? deleted : missing);
  if (hasResponded) options.tookUpTo(first - 1);
  options.noteUnstored(hasResponded ? undefined : { first: position + 1, after });
  return hasResponded;
}

/** The receiver's event up to which the member's record says that nothing is missing. */
export function caughtUpTo({ joinedSource, installation, joinedAfter }: JoinedRecord): NumberedEvent {
  return { source: joinedSource ?? installation, event: joinedAfter };
}

/** The receiver's event up to which this member has all that came; of several consumers one may be behind the others. */
export function storedUpTo({
  team,
  ledger,
  caughtUpTo,
}: Pick<GapOptions, 'team' | 'ledger' | 'caughtUpTo'>): NumberedEvent {
  const known = caughtUpTo();
  if (team.consumers.length > 1) return known;
  const id = selectLastRelayed(ledger, team.installation);
  const source = id?.split(':')[0] ?? known.source;
  const event = eventOf(id, source) ?? 0;
  return { source, event: source === known.source ? Math.max(event, known.event) : event };
}

/** Gives how many events stay missing, as far as the receiver knows. */
async function catchUp(options: GapOptions, session: BrokerSession, start: NumberedEvent): Promise<number> {
  const { team, relay, log, caughtUp } = options;
  let deleted = 0;
  try {
    for (let at = start; ; ) {
      const question: CatchUpRequest = { after: at.event, source: at.source };
      const request = Buffer.from(JSON.stringify(question));
      const data = await session.request(requestSubject(team.id, team.member.id), request, timeout);
      const response = CatchUpResponse.parse(JSON.parse(Buffer.from(data).toString()));
      deleted += response.deleted;
      await Promise.all(response.messages.map((message) => relay(toReceived(message))));
      const upTo = { source: response.source ?? at.source, event: response.upTo };
      caughtUp(upTo);
      if (response.complete || (upTo.source === at.source && upTo.event <= at.event)) return deleted;
      at = upTo;
    }
  } catch (error) {
    log.warn('team', `The receiver did not send the missed events: ${describe(error)}`);
    return Number.POSITIVE_INFINITY;
  }
}

function toReceived({ subject, headers, data }: CatchUpResponse['messages'][number]) {
  return {
    subject,
    data: Buffer.from(data, 'base64'),
    redelivered: false,
    header: (name: string) => headers[name] ?? '',
  };
}

async function storeGap({ team, ledger, now, stored }: GapOptions, first: number, count: number): Promise<void> {
  const row = toNoteRow({
    identity: `${team.installation}:gap:${first}`,
    receivedAt: now(),
    receiver: team.computer,
    title: teamMessages.gap(),
    summary: teamMessages.gapSummary({ count }),
    body: new Uint8Array(),
  });
  const { event, repeated } = await ledger.write('delivery', row);
  if (!repeated) setImmediate(stored, event);
}
