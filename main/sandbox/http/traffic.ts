import type { RequestHandler } from 'express';
import { ErrorResponse, quotaRejection } from './error-response.ts';

/** One received request. */
export interface LoggedRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** With its question mark; empty without a query. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** Absent until the response is sent. */
  readonly status?: number;
}

/** A response in place of the real one. */
export interface Fault {
  readonly method?: string | undefined;
  /** Only requests whose path contains it; all where absent. */
  readonly path?: string | undefined;
  /** The number of requests; until it is removed where absent. */
  readonly times?: number | undefined;
  readonly status?: number | undefined;
  /** Seconds; with status 429 and no body, the response for an exceeded quota is sent. */
  readonly retryAfter?: number | undefined;
  /** JSON, or text that is sent as HTML. */
  readonly body?: unknown;
  /** Cuts the connection before or after the request is processed. */
  readonly cut?: 'before' | 'after' | undefined;
  /** Sends no response. */
  readonly hang?: boolean | undefined;
}

/** Records requests and applies faults. */
export class Traffic {
  readonly #log: LoggedRequest[] = [];
  readonly #faults = new Map<Fault, number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The last 1000 requests, oldest first. */
  get requests(): readonly LoggedRequest[] {
    return this.#log;
  }

  /** Returns a function that removes the fault. */
  addFault(fault: Fault): () => void {
    this.#faults.set(fault, fault.times ?? Number.POSITIVE_INFINITY);
    return () => void this.#faults.delete(fault);
  }

  readonly handler: RequestHandler = (request, response, next) => {
    const { method, path, headers } = request;
    const logged: LoggedRequest & { status?: number } = {
      at: this.#now(),
      method,
      path,
      query: request.originalUrl.slice(path.length),
      headers,
      body: typeof request.body === 'string' ? request.body : '',
    };
    this.#log.push(logged);
    if (this.#log.length > 1000) this.#log.shift();
    response.once('finish', () => {
      logged.status = response.statusCode;
    });
    const fault = this.#take(method, path);
    if (fault?.hang) return;
    if (fault?.cut === 'before') return void request.socket.destroy();
    if (fault?.cut === 'after') {
      response.end = () => {
        request.socket.destroy();
        return response;
      };
    } else if (fault) throw rejectionOf(fault);
    next();
  };

  #take(method: string, path: string): Fault | undefined {
    for (const [fault, left] of this.#faults) {
      if ((fault.method ?? method) !== method || !path.includes(fault.path ?? '')) continue;
      if (left > 1) this.#faults.set(fault, left - 1);
      else this.#faults.delete(fault);
      return fault;
    }
    return undefined;
  }
}

function rejectionOf({ status = 500, retryAfter, body }: Fault): ErrorResponse {
  if (status === 429 && body === undefined) return quotaRejection(retryAfter ?? 1);
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return new ErrorResponse(status, body ?? {}, headers);
}
