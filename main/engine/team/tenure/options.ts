import type { Log } from '../../log.ts';
import type { Message } from '../../messages/index.ts';
import type { Leases } from '../leases/index.ts';
import type { NewestCopy, StandbyKeys } from '../standby/index.ts';
import type { TermOptions } from './term.ts';

/** How this computer comes to receive in place of another: not at all, on its user's word, or by itself after that term. */
type TakeOver = 'none' | 'wanted' | { readonly after: number };

export interface TenureOptions extends TermOptions {
  readonly log: Log;
  readonly leases: Pick<Leases, 'acquire' | 'isHeld' | 'release'>;
  readonly standbyKeys: StandbyKeys;
  takeOver(): TakeOver;
  /** The computer that this one stands by for, and the seconds until it takes over; undefined if this one receives. */
  standby():
    | { readonly computer: string; readonly after?: number | undefined; readonly since?: number | undefined }
    | undefined;
  /** This computer has nothing of its own, and cannot receive without a copy. */
  needsCopy(): boolean;
  /** Nobody received for so long that this computer takes over; `term` is the latest. */
  due(term: number): void;
  /** Takes what the former receiver left, in place of what is here. */
  apply(copy: NewestCopy): Promise<void>;
  /** The server says which computer receives: another one in place of this one, or this one where undefined. */
  decided(replacedBy: string | undefined): void;
  /** Another computer receives, and this one waits. */
  replaced(reason: Message): void;
}

/** Another computer with the data of this receiver publishes. */
export class PublishingElsewhere extends Error {
  readonly reason: Message;
  /** Whether that is as it should be: this computer is a standby. */
  readonly standsBy: boolean;

  constructor(reason: Message, { standsBy = false } = {}) {
    super(reason.text);
    this.reason = reason;
    this.standsBy = standsBy;
  }
}
