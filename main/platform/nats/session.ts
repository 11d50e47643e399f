import {
  AckPolicy,
  type Consumer,
  type ConsumerInfo,
  DeliverPolicy,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import type {
  BrokerMessage,
  BrokerSession,
  ConsumerOptions,
  ConsumerState,
  Intake,
  StreamOptions,
} from '../../engine/broker.ts';
import { addOrUpdate, openBuckets } from './buckets.ts';
import { toFault } from './fault.ts';
import { createPublications, messageIdHeader } from './publications.ts';
import { redeliverAfter } from './redelivery.ts';

/** Timeout of requests to the server, in milliseconds. */
const timeout = 10_000;
/**
 * Limit of delivered messages without an acknowledgement. It is high because unreadable messages, which are delivered again,
 * count too and must not block readable ones.
 */
const mostUnacknowledged = 100_000;
/** Limit of messages that are requested at a time, and of those that are handled concurrently. */
const mostRequested = 1000;
/** Milliseconds between heartbeats of a consumer; after two missing ones, its messages are requested again. */
const heartbeatInterval = 5_000;
/** Milliseconds after which a message without an acknowledgement is delivered again. */
const acknowledgeWithin = 30_000;

/** Opens a session; `inbox` is the prefix of subjects on which responses may arrive. */
export async function openSession(connection: NatsConnection, inbox: string): Promise<BrokerSession> {
  const stream = jetstream(connection, { timeout });
  // Members may not query the account's limits, which the manager would check first.
  const manager = await jetstreamManager(connection, { timeout, checkAPI: false });
  return withFaults({
    largest: connection.info?.max_payload ?? 1024 * 1024,
    putStream: (options) => putStream(manager, options),
    async streamState(name) {
      const { state } = await manager.streams.info(name);
      return { first: state.first_seq, last: state.last_seq };
    },
    lastId: (name) => lastId(manager, name),
    publish: createPublications(connection, inbox, timeout),
    putConsumer: (name, options) => putConsumer(manager, name, options),
    async consumerNames(name) {
      const names: string[] = [];
      for await (const { name: consumer, config } of manager.consumers.list(name)) {
        names.push(consumer);
        // A consumer that an earlier version of Ringback created has another limit.
        if (config.max_ack_pending !== mostUnacknowledged)
          await manager.consumers.update(name, consumer, { max_ack_pending: mostUnacknowledged });
      }
      return names;
    },
    async removeConsumer(name, consumer) {
      await manager.consumers.delete(name, consumer);
    },
    consumerState: async (name, consumer) => toState(await manager.consumers.info(name, consumer)),
    consume: async (name, consumer, intake) => consume(await stream.consumers.get(name, consumer), intake),
    ...openBuckets(stream, manager),
    async request(subject, data, milliseconds) {
      return (await connection.request(subject, data, { timeout: milliseconds })).data;
    },
    respond(subject, handle) {
      const subscription = connection.subscribe(subject, {
        callback(error, message) {
          if (!error)
            void handle(message.data, message.subject)
              .then((data) => message.respond(data))
              // The requester repeats its request.
              .catch(() => {});
        },
      });
      return () => subscription.unsubscribe();
    },
  });
}

/** Makes all calls that return a promise reject with a NatsFault. */
function withFaults(session: BrokerSession): BrokerSession {
  const { largest, respond, ...calls } = session;
  const wrapped = Object.entries(calls).map(([name, call]: [string, (...given: never[]) => Promise<unknown>]) => [
    name,
    (...given: never[]) =>
      call(...given).catch((error) => {
        throw toFault(error);
      }),
  ]);
  return { largest, respond, ...(Object.fromEntries(wrapped) as typeof calls) };
}

async function putStream(manager: JetStreamManager, { name, subjects, age, bytes }: StreamOptions): Promise<void> {
  const config = {
    subjects: [...subjects],
    ...{ max_age: nanos(age), max_bytes: bytes, deny_delete: true },
    ...{ storage: StorageType.File, retention: RetentionPolicy.Limits },
  };
  await addOrUpdate(manager, name, config);
}

async function lastId(manager: JetStreamManager, name: string): Promise<string | undefined> {
  const { state } = await manager.streams.info(name);
  if (state.messages === 0) return undefined;
  const message = await manager.streams.getMessage(name, { seq: state.last_seq });
  return message?.header.get(messageIdHeader) || undefined;
}

async function putConsumer(
  manager: JetStreamManager,
  stream: string,
  { name, filter, start }: ConsumerOptions,
): Promise<void> {
  await manager.consumers.add(stream, {
    ...{ durable_name: name, filter_subject: filter, ack_policy: AckPolicy.Explicit },
    ...('after' in start
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: start.after + 1 }
      : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(start.at).toISOString() }),
    ...{ max_ack_pending: mostUnacknowledged, ack_wait: nanos(acknowledgeWithin) },
  });
}

function toState({ num_pending, num_ack_pending, num_waiting, ack_floor, delivered }: ConsumerInfo): ConsumerState {
  const times = [ack_floor, delivered].flatMap(({ last_active }) =>
    last_active ? [Date.parse(`${last_active}`)] : [],
  );
  return {
    pending: num_pending + num_ack_pending,
    unacknowledged: num_ack_pending,
    acknowledged: ack_floor.stream_seq,
    activeAt: times.length > 0 ? Math.max(...times) : undefined,
    waiting: num_waiting > 0,
  };
}

/** Handles messages concurrently, to share a commit. Ends with the connection or the signal. */
async function consume(consumer: Consumer, { began, handle, signal }: Intake): Promise<void> {
  if (signal.aborted) return;
  const messages = await consumer.consume({ max_messages: mostRequested, idle_heartbeat: heartbeatInterval });
  const end = (): void => messages.stop();
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  else began();
  const room = createRoom(mostRequested);
  for await (const message of messages) {
    if (!signal.aborted) await room.enter();
    // Requested before the signal aborted; the server delivers it again later.
    if (signal.aborted) {
      message.nak();
      continue;
    }
    void handle(toMessage(message))
      .then(
        () => message.ack(),
        () => message.nak(redeliverAfter(message.info.deliveryCount)),
      )
      .finally(room.leave);
  }
  signal.removeEventListener('abort', end);
}

/** Limits concurrency: `enter` waits while `size` others have entered and not left. */
function createRoom(size: number) {
  let inside = 0;
  let left: (() => void) | undefined;
  return {
    async enter(): Promise<void> {
      while (inside >= size) {
        await new Promise<void>((resolve) => {
          left = resolve;
        });
      }
      inside += 1;
    },
    leave(): void {
      inside -= 1;
      left?.();
    },
  };
}

function toMessage(message: JsMsg): BrokerMessage {
  return {
    subject: message.subject,
    sequence: message.seq,
    redelivered: message.redelivered,
    data: message.data,
    header: (name) => message.headers?.get(name) ?? '',
  };
}
