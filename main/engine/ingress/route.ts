import type { Connector, Delivery, Secret, VerifiedDelivery } from '../connector/index.ts';
import type { LedgerError } from '../storage/index.ts';
import type { UnreadableRequest } from './unreadable-request.ts';

/** A request to a callback URL. */
export interface CallbackRequest {
  /** The 128-bit key of the URL, 32 hex digits. */
  readonly key: string;
  readonly method: string;
  /** The part of the raw URL after the key. */
  readonly rest: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A callback URL is called exactly; a query or a trailing slash does no harm. */
export const exactUrl = /^\/?(\?|$)/;

export interface CallbackResponse {
  readonly status: number;
  readonly text?: string;
  /** Work that is still in progress after the response, and keeps the request in memory until it settles. */
  readonly pending?: Promise<unknown>;
}

/** What handles the requests to one callback URL. */
export interface Route {
  receive(request: CallbackRequest): Promise<CallbackResponse>;
  /** A request above a limit was rejected. */
  tooLarge(part: 'body' | 'headers'): void;
  /** The parser rejected a request whose path is known, with this error code (HPE_…). */
  malformed?(code: string): void;
  /** A request was answered 503, since those in progress hold all memory that they may. */
  overloaded?(): void;
}

export interface Router {
  /** The route of a URL, looked up once for each request and before its body is read; undefined answers 404. */
  match(key: string, method: string): Route | undefined;
  /** A request was answered 404; `target` is its path and query. */
  unmatched?(request: { readonly method: string; readonly target: string }): void;
  /** Something arrived that the parser rejects. */
  unreadable?(request: UnreadableRequest): void;
}

/** A callback URL: what is registered there, and how its deliveries are verified and stored. */
export interface CallbackRoute {
  /** The hook or backup that a rejection names. */
  readonly target: string;
  readonly connector: Pick<Connector, 'verify'>;
  readonly registered: Delivery['hook'];
  /** What may follow the key in the URL; anything where absent. */
  readonly rest?: RegExp;
  /** The response to HEAD requests, of which nothing is verified. */
  readonly head?: CallbackResponse;
  /** Undefined while they cannot be decrypted: nothing can be verified then, and the sender retries later. */
  secrets(): readonly Secret[] | undefined;
  /** Deliveries without a signature are stored as well, as not verified. */
  readonly acceptsUnsigned?: boolean;
  /** Stores a verified delivery; resolves with the response once on disk. `delayed`: it cannot be shown for now. */
  store(
    delivery: Delivery,
    verification: VerifiedDelivery,
    request: CallbackRequest,
    delayed: (error: LedgerError) => void,
  ): Promise<CallbackResponse>;
  /** The sender was asked to retry, while it is still being stored. */
  notInTime?(): void;
}
