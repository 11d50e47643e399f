/** Connects to the message broker of a team, and again whenever the connection is lost. Returns at once. */
export type ConnectBroker = (options: BrokerOptions) => BrokerConnection;

export interface BrokerOptions {
  readonly servers: readonly string[];
  /** Whether only encrypted connections are accepted. */
  readonly secure: boolean;
  /** PEM of an authority to trust besides the system's. */
  readonly authority?: string | undefined;
  readonly user: BrokerUser;
  /** A credentials file that signs in instead. */
  readonly credentials?: string | undefined;
  readonly name: string;
  /** Prefix of the subjects on which responses arrive. */
  readonly inbox: string;
  /** Each time a connection is made. The session ends with the connection. */
  connected(session: BrokerSession): void;
  lost(reason: BrokerFault): void;
}

/** The nkey that signs in. */
export interface BrokerUser {
  /** As the server knows it, such as "UABC…". */
  readonly name: string;
  sign(challenge: Uint8Array): Uint8Array;
}

/** Why the broker does not do what it is to do. */
export type BrokerFaultKind =
  /** No connection, for which the causes of the error say why. */
  | 'unreachable'
  /** The connection would not be encrypted. */
  | 'unencrypted'
  /** The key of this computer, or its credentials, are not accepted. */
  | 'keyRejected'
  | 'credentialsExpired'
  /** Signing in took longer than the server waits. */
  | 'signInTimeout'
  | 'tooManyConnections'
  /** The server stores no messages. */
  | 'storageDisabled'
  | 'storageFull'
  /** The key does not permit this. */
  | 'forbidden'
  /** There is no such stream or consumer. */
  | 'missing'
  | 'tooLarge'
  | 'noResponse'
  /** What the message says. */
  | 'other';

/** A failure of the broker or of the connection to it. */
export interface BrokerFault extends Error {
  readonly fault: BrokerFaultKind;
}

export interface BrokerConnection {
  /** Ends the present connection attempt or connection, so that a new one is made at once. */
  wake(): void;
  close(): Promise<void>;
}

export interface StreamOptions {
  readonly name: string;
  readonly subjects: readonly string[];
  /** Milliseconds that messages are stored. */
  readonly age: number;
  readonly bytes: number;
}

interface StreamState {
  /** Sequence numbers of the oldest and of the newest message; the newest is zero before the first. */
  readonly first: number;
  readonly last: number;
}

/** A store at the server of the newest value of each key. */
interface BucketOptions {
  readonly name: string;
  /** Milliseconds after which a value that is not written again is gone, by the clock of the server. */
  readonly age: number;
  readonly bytes: number;
}

export interface BucketEntry {
  /** Grows with each value that is written into the bucket. */
  readonly revision: number;
  /** When it was written, by the clock of the server. */
  readonly at: number;
  readonly data: Uint8Array;
}

export interface ConsumerOptions {
  readonly name: string;
  readonly filter: string;
  /** Starts after this sequence number, or at the first message since that time (milliseconds since 1970). */
  readonly start: { readonly after: number } | { readonly at: number };
}

export interface ConsumerState {
  /** Messages that are not acknowledged yet. */
  readonly pending: number;
  /** Those of them that were delivered. */
  readonly unacknowledged: number;
  /** Sequence number up to which all is acknowledged. */
  readonly acknowledged: number;
  /** When it last took or acknowledged a message, in milliseconds since 1970. */
  readonly activeAt: number | undefined;
  /** Whether somebody waits for messages. */
  readonly waiting: boolean;
}

export interface BrokerMessage {
  readonly subject: string;
  readonly sequence: number;
  /** Whether it was delivered before, and comes after messages that it preceded. */
  readonly redelivered: boolean;
  readonly data: Uint8Array;
  header(name: string): string;
}

export interface Publication {
  readonly subject: string;
  /** By which the server recognizes a repetition. */
  readonly id: string;
  /** The id that the newest message of the stream must have; any where absent. */
  readonly after?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Uint8Array;
}

export interface Intake {
  /** The server has the consumer: messages come from now on. */
  began(): void;
  handle(message: BrokerMessage): Promise<void>;
  /** Ends it: what was not handled yet comes again at once, to whoever takes messages then. */
  readonly signal: AbortSignal;
}

/** One connection to the broker. Everything rejects once it is lost, and always with a fault. */
export interface BrokerSession {
  /** Bytes of a message at most. */
  readonly largest: number;
  /** Creates the stream, or applies these options to it. */
  putStream(options: StreamOptions): Promise<void>;
  streamState(stream: string): Promise<StreamState>;
  /** The id of the newest message; undefined where the stream has none. */
  lastId(stream: string): Promise<string | undefined>;
  /** Resolves with its sequence number once the message is in the stream. */
  publish(publication: Publication): Promise<number>;
  /** Creates the consumer where it does not exist. */
  putConsumer(stream: string, options: ConsumerOptions): Promise<void>;
  /** Names of all consumers of the stream; those that an earlier version created get the present limits. */
  consumerNames(stream: string): Promise<string[]>;
  removeConsumer(stream: string, name: string): Promise<void>;
  consumerState(stream: string, name: string): Promise<ConsumerState>;
  /**
   * Passes messages to the intake and acknowledges each when it resolves; a failed one is redelivered within a minute.
   * Resolves when consuming has ended.
   */
  consume(stream: string, name: string, intake: Intake): Promise<void>;
  /** Creates the bucket, or applies these options to it. */
  putBucket(options: BucketOptions): Promise<void>;
  /** Undefined where the key has no value. */
  readKey(bucket: string, key: string): Promise<BucketEntry | undefined>;
  /** Writes if the key has this revision (0 for no value); resolves with the new one, or undefined if it is another. */
  writeKey(bucket: string, key: string, data: Uint8Array, expected: number): Promise<number | undefined>;
  /** Rejects where nobody responds within the time. */
  request(subject: string, data: Uint8Array, milliseconds: number): Promise<Uint8Array>;
  /** Responds until the returned function is called. */
  respond(subject: string, handle: (data: Uint8Array, subject: string) => Promise<Uint8Array>): () => void;
}
