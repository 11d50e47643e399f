import type { BrokerMessage } from '../broker.ts';
import type { RejectionReason } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { messageMembers, teamMessages } from '../messages/index.ts';
import { type DeliveryRow, type Ledger, storeMessage } from '../storage/index.ts';
import { createSerialQueue } from '../timing/index.ts';
import {
  type OpenedEnvelope,
  type OpeningKeys,
  openEnvelope,
  type ReceivedEnvelope,
  signatureHeader,
} from './envelope.ts';
import type { JoinedRecord } from './record.ts';
import { toNoteRow, toRelayedRow } from './relayed-row.ts';

/** A message that the receiver did not send. */
export interface Forgery extends RejectionReason {
  readonly receivedAt: number;
  readonly hook: string;
}

export interface RelayOptions {
  readonly team: JoinedRecord;
  readonly keys: OpeningKeys;
  readonly ledger: Ledger;
  now(): number;
  /** Requests the keys of the team that are not known here. */
  requestKeys(): Promise<void>;
  /** A new event is on disk. */
  stored(event: number): void;
  /** A stored event came again. */
  repeated(event: number): void;
  /** Somebody other than the receiver put a message into the stream. */
  forged(rejection: Forgery): void;
  /** When a receiver received the event, in milliseconds since 1970, and its name where the event is the newest. */
  received(at: number, receiver: string | undefined): void;
}

/** Stores a message of the receiver as an event; resolves once it is on disk. */
export type Relay = (message: ReceivedEnvelope & Pick<BrokerMessage, 'redelivered'>) => Promise<void>;

export function createRelay(options: RelayOptions): Relay {
  const { ledger, now, stored, repeated, received } = options;
  // Messages are opened in parallel and stored in order. One that comes again has lost its place, and must not delay others.
  const [inOrder, again] = [createSerialQueue(), createSerialQueue()];
  return async (message) => {
    const opening = open(options, message);
    // A failure is handled only at this message's turn, and must not count as unhandled until then.
    opening.catch(() => {});
    const opened = await (message.redelivered ? again : inOrder)(() => opening);
    const row = rowOf(options, message, opened);
    if (!row) {
      const reason = teamMessages.forgedReason();
      const rejection = { receivedAt: now(), hook: 'team', ...messageMembers('reason', reason) };
      await ledger.write('rejection', { ...rejection, message: storeMessage(rejection.reasonMessage) });
      return options.forged(rejection);
    }
    const { event, repeated: isKnown } = await ledger.write('delivery', row);
    received(row.receivedAt, opened.kind === 'event' && !message.redelivered ? opened.content.receiver : undefined);
    setImmediate(isKnown ? repeated : stored, event);
  };
}

/** Rejects while the key is not known: the message comes again. */
async function open({ keys, requestKeys }: RelayOptions, message: ReceivedEnvelope): Promise<UnlockedEnvelope> {
  const opened = await openEnvelope(message, keys);
  if (opened.kind !== 'locked') return opened;
  await requestKeys();
  const unlocked = await openEnvelope(message, keys);
  if (unlocked.kind === 'locked') throw new RingbackError('not-found', teamMessages.keyUnknown());
  return unlocked;
}

type UnlockedEnvelope = Exclude<OpenedEnvelope, { readonly kind: 'locked' }>;

/** Undefined for what the receiver did not send. */
function rowOf(
  { team, now }: RelayOptions,
  message: ReceivedEnvelope,
  opened: UnlockedEnvelope,
): DeliveryRow | undefined {
  if (opened.kind === 'forged') return undefined;
  if (opened.kind === 'event') {
    const { content, body } = opened;
    return toRelayedRow(content, body, team.installation);
  }
  return toNoteRow({
    identity: `${team.installation}:raw:${message.header(signatureHeader)}`,
    receivedAt: now(),
    receiver: team.computer,
    title: teamMessages.newerVersion(),
    summary: teamMessages.newerVersionSummary({ version: opened.version }),
    body: new Uint8Array(message.data),
  });
}
