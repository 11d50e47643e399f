import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import type { Publication } from '../../engine/broker.ts';
import { NatsFault, toApiFault } from './fault.ts';

export const messageIdHeader = 'Nats-Msg-Id';
/** Header with the id of the message before; the server rejects the message where the stream ends with another one. */
const expectedIdHeader = 'Nats-Expected-Last-Msg-Id';

interface Unconfirmed {
  /** Milliseconds of a monotonic clock. */
  readonly since: number;
  resolve(sequence: number): void;
  reject(error: Error): void;
}

/** The server's confirmation of a message. */
interface Confirmation {
  readonly seq?: number;
  readonly error?: { readonly err_code?: number; readonly description?: string };
}

/**
 * Publishes to streams. One subscription receives all confirmations and one timer checks their deadlines, because a
 * request for each message would cost as much as encrypting it.
 */
export function createPublications(
  connection: NatsConnection,
  inbox: string,
  timeout: number,
): (publication: Publication) => Promise<number> {
  const unconfirmed = new Map<string, Unconfirmed>();
  let replies: string | undefined;
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  const settle = (id: string, settled: (one: Unconfirmed) => void): void => {
    const one = unconfirmed.get(id);
    unconfirmed.delete(id);
    if (one) settled(one);
  };
  const rejectOverdue = (): void => {
    for (const [id, { since }] of unconfirmed) {
      if (performance.now() - since < timeout) break;
      settle(id, ({ reject }) => reject(new NatsFault('noResponse', 'the server did not confirm a message')));
    }
    if (unconfirmed.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const open = (): string => {
    const prefix = createInbox(inbox);
    connection.subscribe(`${prefix}.*`, {
      callback(error, message) {
        if (!error) settle(message.subject.slice(prefix.length + 1), (one) => confirm(one, message));
      },
    });
    void connection.closed().then(() => {
      for (const id of [...unconfirmed.keys()])
        settle(id, ({ reject }) => reject(new NatsFault('unreachable', 'the connection to the server was lost')));
      rejectOverdue();
    });
    return prefix;
  };
  return ({ subject, id, after, headers: given, data }) =>
    new Promise((resolve, reject) => {
      replies ??= open();
      count += 1;
      const fields = headers();
      for (const [name, value] of Object.entries(given)) fields.set(name, value);
      fields.set(messageIdHeader, id);
      if (after !== undefined) fields.set(expectedIdHeader, after);
      connection.publish(subject, data, { headers: fields, reply: `${replies}.${count}` });
      unconfirmed.set(String(count), { since: performance.now(), resolve, reject });
      timer ??= setInterval(rejectOverdue, timeout / 4).unref();
    });
}

function confirm({ resolve, reject }: Unconfirmed, message: Msg): void {
  try {
    // Where no stream accepts the subject, the response has no body.
    const { seq, error } = message.data.length > 0 ? message.json<Confirmation>() : {};
    if (seq !== undefined && seq > 0 && !error) resolve(seq);
    else reject(error ? toApiFault(error) : new NatsFault('missing', 'no stream took a message'));
  } catch (error) {
    reject(error instanceof Error ? error : new Error(String(error)));
  }
}
