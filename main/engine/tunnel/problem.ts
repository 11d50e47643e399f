import type { MessageReference } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { type Message, referenceOf } from '../messages/index.ts';

/** What is wrong, as a status of the contract carries it. */
export interface StatusProblem {
  readonly problem: string;
  readonly reason?: MessageReference;
}

export function statusProblem(source: RingbackError | Message): StatusProblem {
  if (!(source instanceof RingbackError)) return { problem: source.text, reason: referenceOf(source) };
  const { message, reason } = source;
  return { problem: message, ...(reason ? { reason } : {}) };
}
