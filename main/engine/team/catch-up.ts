import { z } from 'zod';
import { type Row, selectOldestId, selectUnpublished } from '../storage/index.ts';
import { type PublisherOptions, toPublication } from './publisher.ts';
import type { MemberRecord } from './record.ts';
import { isSelected } from './subjects.ts';
import { topicOf } from './topic.ts';

/** A member asks the receiver for the events that the stream no longer has. */
export const CatchUpRequest = z.object({ after: z.int().min(0), source: z.string().optional() });
export type CatchUpRequest = z.infer<typeof CatchUpRequest>;

export const CatchUpResponse = z.object({
  /** The source that numbered the events of the response; absent from earlier versions. */
  source: z.string().optional(),
  messages: z.array(z.object({ subject: z.string(), headers: z.record(z.string(), z.string()), data: z.base64() })),
  /** The last event that was looked at. */
  upTo: z.int(),
  /** Whether there are no more. */
  complete: z.boolean(),
  /** How many events the receiver itself no longer has. */
  deleted: z.int(),
});
export type CatchUpResponse = z.infer<typeof CatchUpResponse>;

/** Events that are looked at for one response, and bytes after which it ends. */
const mostEvents = 500;
const mostBytes = 600_000;
/** Bytes of a response beside its messages. */
const room = 2048;

/** What the receiver sends: the member's events after the one it names, as they were published. */
export async function respondToCatchUp(
  options: PublisherOptions & { readonly largest: number; readonly installation: string },
  member: MemberRecord,
  request: CatchUpRequest,
): Promise<CatchUpResponse> {
  const { source = options.installation } = request;
  // Numbers of an earlier source go no further than where the present one begins.
  const after = source === options.source ? request.after : Math.min(request.after, options.sourceStart);
  const rows = selectUnpublished(options.ledger, after, mostEvents);
  const messages: CatchUpResponse['messages'] = [];
  let upTo = after;
  let bytes = room;
  for (const row of rows) {
    const message = isFor(options.source, member, row) ? await toMessage(options, row) : undefined;
    const size = message ? JSON.stringify(message).length + 1 : 0;
    // The first message fits into the response by itself.
    if (messages.length > 0 && bytes + size > Math.min(mostBytes, options.largest)) break;
    if (message) messages.push(message);
    bytes += size;
    upTo = Number(row.id);
  }
  const oldest = selectOldestId(options.ledger) ?? 0;
  const isComplete = rows.length < mostEvents && upTo === Number(rows.at(-1)?.id ?? after);
  return { source: options.source, messages, upTo, complete: isComplete, deleted: Math.max(0, oldest - after - 1) };
}

/** In base64 it must fit into a message of the server. */
async function toMessage(options: PublisherOptions & { readonly largest: number }, row: Row) {
  const { subject, headers, data } = await toPublication(options, row, Math.floor(((options.largest - room) * 3) / 4));
  return { subject, headers: { ...headers }, data: Buffer.from(data).toString('base64') };
}

/** Whether the event is for the member and came after the invitation, by number within a source, as clocks change. */
function isFor(source: string, { invitedAfter, invitedAt, filter }: MemberRecord, row: Row): boolean {
  const isSince =
    invitedAfter?.source === source ? Number(row.id) > invitedAfter.event : Number(row.received_at) >= invitedAt;
  return isSince && isSelected(filter, topicOf(row));
}
