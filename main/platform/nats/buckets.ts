import {
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { BrokerSession } from '../../engine/broker.ts';

type Buckets = Pick<BrokerSession, 'putBucket' | 'readKey' | 'writeKey'>;

/** The server's error code for a revision other than the expected one. */
const otherRevision = 10_071;

/** Key-value buckets in the format that other NATS clients use. */
export function openBuckets(stream: JetStreamClient, manager: JetStreamManager): Buckets {
  return {
    putBucket: ({ name, age, bytes }) =>
      addOrUpdate(manager, streamOf(name), {
        subjects: [subjectOf(name, '>')],
        ...{ max_age: nanos(age), max_bytes: bytes, max_msgs_per_subject: 1 },
        ...{ storage: StorageType.File, retention: RetentionPolicy.Limits },
        ...{ deny_delete: true, allow_rollup_hdrs: true, allow_direct: true },
      }),
    // Reads from the leader of a cluster, since other servers may not have the newest value yet.
    async readKey(bucket, key) {
      const message = await manager.streams.getMessage(streamOf(bucket), { last_by_subj: subjectOf(bucket, key) });
      return message ? { revision: message.seq, at: message.time.getTime(), data: message.data } : undefined;
    },
    async writeKey(bucket, key, data, expected) {
      try {
        const options = { expect: { lastSubjectSequence: expected } };
        return (await stream.publish(subjectOf(bucket, key), data, options)).seq;
      } catch (error) {
        if (error instanceof JetStreamApiError && error.code === otherRevision) return undefined;
        throw error;
      }
    },
  };
}

export async function addOrUpdate(
  manager: JetStreamManager,
  name: string,
  config: Partial<StreamConfig>,
): Promise<void> {
  const names: string[] = [];
  for await (const known of manager.streams.names()) names.push(known);
  if (names.includes(name)) await manager.streams.update(name, config);
  else await manager.streams.add({ name, ...config });
}

const streamOf = (bucket: string): string => `KV_${bucket}`;
const subjectOf = (bucket: string, key: string): string => `$KV.${bucket}.${key}`;
