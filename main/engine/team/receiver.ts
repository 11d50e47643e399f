import { z } from 'zod';
import type { BrokerSession } from '../broker.ts';
import { describe } from '../log.ts';
import type { Message } from '../messages/index.ts';
import { days } from '../timing/index.ts';
import { backupBucket } from './backup-leases.ts';
import { CatchUpRequest, respondToCatchUp } from './catch-up.ts';
import { KeyRequest, respondWithKeys } from './key-request.ts';
import type { KeyRing } from './keys/index.ts';
import { leaseBucket } from './leases.ts';
import { createPublisher, type PublisherOptions } from './publisher.ts';
import type { MemberRecord } from './record.ts';
import { retryWhileCurrent } from './retry.ts';
import { type Copying, standbyBucket } from './standby/index.ts';
import { eventSubjects, replacementSubject, requestSubject, streamOf } from './subjects.ts';
import { createTenure, PublishingElsewhere, type Tenure, type TenureOptions } from './tenure.ts';
import { termBucket } from './term.ts';

/** What the stream stores at most. */
const storedFor = days(7);
const storedBytes = 4 * 1024 ** 3;

export interface MemberState {
  readonly connected: boolean;
  readonly behind: number;
  readonly seenAt: number | undefined;
}

/** The receiver's side of the team: publishes, and keeps the members' consumers as the team says. */
interface ReceiverSide {
  use(session: BrokerSession): void;
  pause(): void;
  /** Stored events wait to be published. */
  publish(): void;
  /** The members changed. */
  apply(): Promise<void>;
  /** Undefined while the server cannot be asked. */
  stateOf(member: MemberRecord): Promise<MemberState | undefined>;
  close(): Promise<void>;
}

interface ReceiverSideOptions extends PublisherOptions, TenureOptions {
  readonly installation: string;
  readonly ring: KeyRing;
  /** Gives standbys what they need. */
  readonly copying: Pick<Copying, 'use' | 'pause' | 'flush'>;
  members(): readonly MemberRecord[];
  problem(problem: Message | string | undefined): void;
}

export function createReceiverSide(options: ReceiverSideOptions): ReceiverSide {
  const { team, log } = options;
  const publisher = createPublisher(options);
  let session: BrokerSession | undefined;
  /** The connection over which stream and buckets were created: one that waits for its turn only reads. */
  let prepared: BrokerSession | undefined;
  const closing = new AbortController();
  const responses: (() => void)[] = [];
  const stop = (): void => {
    publisher.pause();
    options.copying.pause();
    tenure.pause();
    for (const end of responses.splice(0)) end();
  };
  const tenure = createTenure(options, stop, closing.signal);
  let running: Promise<void> | undefined;
  const prepare = async (current: BrokerSession): Promise<void> => {
    if (prepared !== current) await putStorage(current, team);
    prepared = current;
    const term = await tenure.begin(current);
    await putConsumers(current, options);
    if (session !== current) return;
    responses.push(...beginResponses(options, tenure, current));
    // Nobody could notify it of a replacement before it responded.
    if (!(await tenure.check(current)) || session !== current) return;
    options.problem(undefined);
    publisher.use(current);
    options.copying.use(current, term);
  };
  const start = (current: BrokerSession): Promise<void> =>
    retryWhileCurrent(() => prepare(current), {
      isCurrent: () => session === current,
      signal: closing.signal,
      failed(error) {
        if (error instanceof PublishingElsewhere) return options.problem(error.reason);
        log.warn('team', `The stream of the team could not be prepared: ${describe(error)}`);
        options.problem(describe(error));
      },
    });
  return {
    use(next) {
      session = next;
      running = start(next);
    },
    pause() {
      session = undefined;
      stop();
    },
    publish: publisher.request,
    async apply() {
      if (session) await putConsumers(session, options);
    },
    stateOf: async (member) => (session ? memberState(session, team, member) : undefined),
    async close() {
      session = undefined;
      closing.abort();
      await Promise.all([publisher.close(), running]);
    },
  };
}

/**
 * Responds to members, and to a computer that takes over. The returned functions end it: another computer's response, with
 * the newest keys, would come after this one's.
 */
function beginResponses(options: ReceiverSideOptions, tenure: Tenure, session: BrokerSession): (() => void)[] {
  const { team } = options;
  return [
    session.respond(requestSubject(team, '*'), (data, subject) => respond(options, session, data, subject)),
    session.respond(replacementSubject(team), async () => {
      // The one that takes over waits for it.
      await options.copying
        .flush()
        .catch((error) => options.log.warn('team', `The newest changes are not handed over: ${describe(error)}`));
      await tenure.check(session);
      return new Uint8Array();
    }),
  ];
}

async function putStorage(session: BrokerSession, team: string): Promise<void> {
  const stream = { name: streamOf(team), subjects: [eventSubjects(team)], age: storedFor, bytes: storedBytes };
  await session.putStream(stream);
  const buckets = [leaseBucket, backupBucket, termBucket, standbyBucket];
  for (const bucket of buckets) await session.putBucket(bucket(team));
}

/** Creates what the members need and removes what former members had. */
async function putConsumers(session: BrokerSession, { team, members }: ReceiverSideOptions): Promise<void> {
  const stream = streamOf(team);
  // A stream that was created again counts from the beginning.
  const { last } = await session.streamState(stream);
  const wanted = members().flatMap(({ consumers, startsAfter, invitedAt }) =>
    consumers.map((consumer) => ({
      ...consumer,
      start: startsAfter === undefined ? { at: invitedAt } : { after: Math.min(startsAfter, last) },
    })),
  );
  const present = await session.consumerNames(stream);
  for (const name of present) {
    if (!wanted.some((one) => one.name === name)) await session.removeConsumer(stream, name);
  }
  for (const consumer of wanted) if (!present.includes(consumer.name)) await session.putConsumer(stream, consumer);
}

async function respond(
  options: ReceiverSideOptions,
  session: BrokerSession,
  data: Uint8Array,
  subject: string,
): Promise<Uint8Array> {
  const member = options.members().find(({ id }) => subject === requestSubject(options.team, id));
  if (!member) throw new Error('no such member');
  const request = z.union([KeyRequest, CatchUpRequest]).parse(JSON.parse(Buffer.from(data).toString()));
  const response =
    'keys' in request
      ? respondWithKeys(member, options.keys.signing, options.ring)
      : await respondToCatchUp({ ...options, largest: session.largest }, member, request);
  return Buffer.from(JSON.stringify(response));
}

async function memberState(session: BrokerSession, team: string, member: MemberRecord): Promise<MemberState> {
  const states = await Promise.all(member.consumers.map(({ name }) => session.consumerState(streamOf(team), name)));
  const times = states.flatMap(({ activeAt }) => (activeAt === undefined ? [] : [activeAt]));
  return {
    connected: states.some(({ waiting }) => waiting),
    behind: states.reduce((sum, { pending }) => sum + pending, 0),
    seenAt: times.length > 0 ? Math.max(...times) : undefined,
  };
}
