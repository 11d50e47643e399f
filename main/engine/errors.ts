import type { MessageReference, Problem, ProblemCode } from '../../preload/contract/index.ts';
import {
  engineMessages,
  type Message,
  notFoundMessages,
  problemMembers,
  quote,
  referenceOf,
  storedMessage,
} from './messages/index.ts';

interface RingbackErrorOptions extends ErrorOptions {
  readonly uncertain?: boolean;
  readonly retryAfter?: number;
}

/** An expected failure: its message says what happened and what to do, without secrets. Other errors are bugs. */
export class RingbackError extends Error {
  override readonly name = 'RingbackError';
  readonly code: ProblemCode;
  /** Whether the request may have taken effect although it failed: the response was lost, or the server had an error. */
  readonly uncertain: boolean;
  /** Milliseconds after which the server accepts another attempt, as Retry-After says. */
  readonly retryAfter: number | undefined;
  /** The message by its code, where it comes from a catalogue. */
  readonly reason: MessageReference | undefined;

  constructor(code: ProblemCode, message: string | Message, options: RingbackErrorOptions = {}) {
    // A connector may quote what its provider says.
    super(typeof message === 'string' ? quote(message) : message.text, options);
    this.code = code;
    this.reason = typeof message === 'string' ? undefined : referenceOf(message);
    this.uncertain = options.uncertain ?? code === 'offline';
    this.retryAfter = options.retryAfter;
  }
}

/** The failure of a question about an id that names nothing. */
export function notFound(kind: keyof typeof notFoundMessages): RingbackError {
  return new RingbackError('not-found', notFoundMessages[kind]());
}

/** The TLS error code of a rejected server certificate, such as CERT_HAS_EXPIRED; undefined for other failures. */
export function certificateFault(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? String(at.code) : '';
    if (/^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/.test(code))
      return code;
  }
  return undefined;
}

/** The failure that this problem of an answer stands for. */
export function toError({ code, message, reason }: Problem): RingbackError {
  return new RingbackError(code, storedMessage(message, reason));
}

/** The failure as it crosses to the window; a bug becomes "internal" without its details, which belong in the log. */
export function toProblem(error: unknown): Problem {
  if (error instanceof RingbackError) {
    const { code, message, reason } = error;
    return { code, message, ...(reason ? { reason } : {}) };
  }
  return { code: 'internal', ...problemMembers(engineMessages.internal()) };
}
