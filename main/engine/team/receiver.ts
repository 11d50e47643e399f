import { z } from 'zod';
import type { BrokerSession } from '../broker.ts';
import { describe } from '../log.ts';
import type { Message } from '../messages/index.ts';
import { coalesce, days } from '../timing/index.ts';
import { CatchUpRequest, respondToCatchUp } from './catch-up.ts';
import { KeyRequest, respondWithKeys } from './key-request.ts';
import type { KeyRing } from './keys/index.ts';
import { backupBucket, leaseBucket } from './leases/index.ts';
import { createProblems, type Problems, problemOf } from './problems.ts';
import { createPublisher, type PublisherOptions } from './publisher.ts';
import type { MemberRecord } from './record.ts';
import { createUses, retryDelay, type Use, type Uses } from './retry.ts';
import { type Copying, standbyBucket } from './standby/index.ts';
import { eventSubjects, replacementSubject, requestSubject, streamOf } from './subjects.ts';
import { createTenure, PublishingElsewhere, type Tenure, type TenureOptions, termBucket } from './tenure/index.ts';

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
  /** The members changed. Resolves after the first attempt, and never rejects. */
  apply(): Promise<void>;
  /** Undefined while the server cannot be asked. */
  stateOf(member: MemberRecord): Promise<MemberState | undefined>;
  /** This computer is no standby any more. Rejects where the server does not learn it. */
  withdraw(): Promise<void>;
  close(): Promise<void>;
}

interface ReceiverSideOptions extends PublisherOptions, Omit<TenureOptions, 'replaced'> {
  readonly installation: string;
  readonly ring: KeyRing;
  /** Gives standbys what they need. */
  readonly copying: Pick<Copying, 'use' | 'pause' | 'flush'>;
  members(): readonly MemberRecord[];
  /** Stream and buckets exist. nats-server 2.9 can end when a bucket is read while it is created. */
  storageReady(session: BrokerSession): void;
  /** This computer receives for the team. */
  prepared(): void;
  /** Whether it is connected and waits, as another computer receives. */
  standsBy(is: boolean): void;
  problem(problem: Message | undefined): void;
}

export function createReceiverSide(options: ReceiverSideOptions): ReceiverSide {
  const { team, copying } = options;
  const problems = createProblems(options.problem);
  const failures = createFailures(options, problems);
  const closing = new AbortController();
  const uses = createUses(closing);
  const consumers = createConsumers(options, uses, problems);
  /** The connection over which stream and buckets were created: one that waits for its turn only reads. */
  let prepared: BrokerSession | undefined;
  const responses = createResponses(options);
  const publisher = createPublisher({
    ...options,
    failed(error) {
      problems.set('publishing', problemOf(error));
      // Somebody may have deleted the stream: all is created again before publishing goes on.
      stop();
      prepared = undefined;
      if (uses.current) start(uses.current, retryDelay);
    },
    succeeded: () => problems.clear('publishing'),
  });
  const stop = (): void => {
    for (const part of [consumers, responses]) part.end();
    for (const part of [publisher, copying, tenure]) part.pause();
  };
  const tenure = createTenure({ ...options, replaced: failures.replaced }, stop, closing.signal);
  const prepare = async (use: Use): Promise<void> => {
    const { session } = use;
    if (prepared !== session) await putStorage(session, team);
    if (uses.current !== use) return;
    prepared = session;
    options.storageReady(session);
    const term = await tenure.begin(session);
    if (uses.current !== use) return;
    await consumers.begin(use);
    if (uses.current !== use) return;
    responses.begin(session, tenure);
    // Nobody could notify it of a replacement before it responded.
    if (!(await tenure.check(session)) || uses.current !== use) return;
    problems.clear('preparing');
    options.prepared();
    publisher.use(session);
    copying.use(session, term);
  };
  const start = (use: Use, after = 0) => void uses.repeat(use, () => prepare(use), { after, failed: failures.report });
  return {
    use(session) {
      problems.reset();
      start(uses.begin(session));
    },
    pause() {
      uses.end();
      stop();
    },
    ...{ publish: publisher.request, apply: consumers.apply },
    stateOf: async (member) => (uses.current ? memberState(uses.current.session, team, member) : undefined),
    withdraw: () => withdraw(uses, tenure, stop),
    close: async () => void (await Promise.all([uses.close(), publisher.close()])),
  };
}

async function withdraw(uses: Uses, tenure: Tenure, stop: () => void): Promise<void> {
  const use = uses.current;
  uses.end();
  stop();
  if (use) await tenure.withdraw(use.session);
}

/** Why this computer does not receive. That another one does comes before all else. */
function createFailures({ log, standsBy }: Pick<ReceiverSideOptions, 'log' | 'standsBy'>, problems: Problems) {
  const report = (problem: Message, isStandby: boolean): void => {
    problems.setOnly('preparing', problem);
    standsBy(isStandby);
  };
  return {
    replaced: (problem: Message): void => report(problem, true),
    report(error: unknown): void {
      if (error instanceof PublishingElsewhere) report(error.reason, error.standsBy);
      else {
        log.warn('team', `The stream of the team could not be prepared: ${describe(error)}`);
        problems.set('preparing', problemOf(error));
        standsBy(false);
      }
    },
  };
}

/** Keeps the members' consumers as the team says. */
function createConsumers(options: ReceiverSideOptions, uses: Uses, problems: Problems) {
  /** The use in which this computer receives for the team: without it, it changes nothing for the members. */
  let receiving: Use | undefined;
  const put = coalesce(async () => {
    if (receiving && receiving === uses.current) await putConsumers(receiving.session, options);
  });
  const putMembers = async (): Promise<void> => {
    await put();
    problems.clear('members');
  };
  return {
    begin: (use: Use): Promise<void> => {
      receiving = use;
      return put();
    },
    end: () => {
      receiving = undefined;
    },
    /** Resolves after the first attempt; what fails is tried again. Does nothing before `begin`, which puts them all. */
    apply: () =>
      new Promise<void>((resolve) => {
        if (!receiving || receiving !== uses.current) return resolve();
        const failed = (error: unknown): void => {
          options.log.warn('team', `The members are not applied yet: ${describe(error)}`);
          problems.set('members', problemOf(error));
          resolve();
        };
        void uses.repeat(receiving, putMembers, { failed }).then(resolve);
      }),
  };
}

/**
 * Responds to members, and to a computer that takes over. A receiver that is replaced ends that: the other's response, with
 * the newest keys, would come after this one's.
 */
function createResponses(options: ReceiverSideOptions) {
  const { team, copying, log } = options;
  const ends: (() => void)[] = [];
  return {
    begin(session: BrokerSession, tenure: Tenure): void {
      const handOver = async (): Promise<Uint8Array> => {
        // The one that takes over waits for it.
        await copying
          .flush()
          .catch((error) => log.warn('team', `The newest changes are not handed over: ${describe(error)}`));
        await tenure.check(session);
        return new Uint8Array();
      };
      ends.push(
        session.respond(requestSubject(team, '*'), (data, subject) => respond(options, session, data, subject)),
        session.respond(replacementSubject(team), handOver),
      );
    },
    end(): void {
      for (const end of ends.splice(0)) end();
    },
  };
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
