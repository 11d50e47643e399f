import { z } from 'zod';
import type { BrokerSession } from '../broker.ts';
import { describe } from '../log.ts';
import { type Message, teamMessages } from '../messages/index.ts';
import { days, seconds } from '../timing/index.ts';
import { backupBucket } from './backup-leases.ts';
import { CatchUpRequest, respondToCatchUp } from './catch-up.ts';
import { KeyRequest, respondWithKeys } from './key-request.ts';
import type { KeyRing } from './keys/index.ts';
import { type Leases, leaseBucket, receiverLease } from './leases.ts';
import { createPublisher, type PublisherOptions } from './publisher.ts';
import type { MemberRecord } from './record.ts';
import { retryWhileCurrent } from './retry.ts';
import { eventSubjects, replacementSubject, requestSubject, streamOf } from './subjects.ts';
import { readTerm, type TermHolder, type TermOptions, takeTerm, termBucket } from './term.ts';

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

interface ReceiverSideOptions extends PublisherOptions, Pick<TermOptions, 'holder' | 'teamKey'> {
  readonly installation: string;
  readonly ring: KeyRing;
  readonly leases: Pick<Leases, 'acquire'>;
  members(): readonly MemberRecord[];
  /** Whether the user decided that this computer receives in place of another. */
  takesOver(): boolean;
  /** The server says which computer receives: another one in place of this one, or this one where undefined. */
  decided(replacedBy: string | undefined): void;
  problem(problem: Message | string | undefined): void;
}

/** Another computer with the data of this receiver publishes. */
class PublishingElsewhere extends Error {
  readonly reason: Message;

  constructor(reason: Message) {
    super(reason.text);
    this.reason = reason;
  }
}

export function createReceiverSide(options: ReceiverSideOptions): ReceiverSide {
  const { team, log } = options;
  const publisher = createPublisher(options);
  let session: BrokerSession | undefined;
  /** The connection over which stream and buckets were created: one that waits for its turn only reads. */
  let prepared: BrokerSession | undefined;
  const closing = new AbortController();
  const responses: (() => void)[] = [];
  // The response of another computer, with the newest keys, would arrive after this one's.
  const stop = (): void => {
    publisher.pause();
    for (const end of responses.splice(0)) end();
  };
  const tenure = createTenure(options, stop);
  const prepare = async (current: BrokerSession): Promise<void> => {
    if (prepared !== current) await putStorage(current, team);
    prepared = current;
    await tenure.begin(current);
    await putConsumers(current, options);
    if (session !== current) return;
    responses.push(...beginResponses(options, tenure, current));
    // Nobody could notify it of a replacement before it responded.
    if (!(await tenure.check(current)) || session !== current) return;
    options.problem(undefined);
    publisher.use(current);
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
      void start(next);
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
      await publisher.close();
    },
  };
}

/** Responds to members, and to a computer that takes over; the returned functions end it. */
function beginResponses(options: ReceiverSideOptions, tenure: Tenure, session: BrokerSession): (() => void)[] {
  const { team } = options;
  return [
    session.respond(requestSubject(team, '*'), (data, subject) => respond(options, session, data, subject)),
    session.respond(replacementSubject(team), async () => {
      await tenure.check(session);
      return new Uint8Array();
    }),
  ];
}

/** Whether this computer receives for the team, as the server says. */
interface Tenure {
  /** Begins or goes on. Throws where another computer publishes. */
  begin(session: BrokerSession): Promise<void>;
  /** Whether it still does; stops where another computer took over. */
  check(session: BrokerSession): Promise<boolean>;
}

function createTenure(options: ReceiverSideOptions, stop: () => void): Tenure {
  const decide = (holder: TermHolder): void =>
    options.decided(typeof holder === 'string' ? undefined : holder.computer);
  return {
    async begin(session) {
      const holder = await claimTerm(options, session);
      if (typeof holder !== 'string') {
        decide(holder);
        throw new PublishingElsewhere(teamMessages.replaced(holder));
      }
      const grant = await options.leases.acquire(receiverLease, { overrule: holder === 'own' });
      if (grant.kind === 'taken') throw new PublishingElsewhere(teamMessages.otherReceiver(grant));
      if (holder === 'nobody') await takeTerm(options, session);
      decide('own');
    },
    async check(session) {
      const holder = await readTerm(options, session);
      if (typeof holder === 'string') return true;
      stop();
      decide(holder);
      options.problem(teamMessages.replaced(holder));
      return false;
    },
  };
}

/** Milliseconds within which a receiver that is replaced says that it stopped. */
const replacementTimeout = seconds(10);

/** Whose term it is, after this computer took it where the user wants that. The one before it stops first, if it can be reached. */
async function claimTerm(options: ReceiverSideOptions, session: BrokerSession): Promise<TermHolder> {
  const holder = await readTerm(options, session);
  if (!options.takesOver() || holder === 'own') return holder;
  await takeTerm(options, session);
  const { log, team } = options;
  await session
    .request(replacementSubject(team), new Uint8Array(), replacementTimeout)
    .catch((error) => log.info('team', `The receiver before this one is not connected: ${describe(error)}`));
  return 'own';
}

async function putStorage(session: BrokerSession, team: string): Promise<void> {
  const stream = { name: streamOf(team), subjects: [eventSubjects(team)], age: storedFor, bytes: storedBytes };
  await session.putStream(stream);
  for (const bucket of [leaseBucket(team), backupBucket(team), termBucket(team)]) await session.putBucket(bucket);
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
      : respondToCatchUp({ ...options, largest: session.largest }, member, request);
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
