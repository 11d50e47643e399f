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
}

/** What handles the requests to one callback URL. */
export interface Route {
  receive(request: CallbackRequest): Promise<CallbackResponse>;
  /** A request above a limit was rejected. */
  tooLarge(part: 'body' | 'headers'): void;
}

export interface Router {
  /** The route of a URL, looked up once for each request and before its body is read; undefined answers 404. */
  match(key: string, method: string): Route | undefined;
  /** A request was answered 404; `target` is its path and query. */
  unmatched?(request: { readonly method: string; readonly target: string }): void;
}
