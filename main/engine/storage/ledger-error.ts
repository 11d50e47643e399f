import { RingbackError } from '../errors.ts';
import { engineMessages, type Message } from '../messages/index.ts';
import type { Failure, Lock } from './ledger-thread.ts';

/**
 * The store could not take the write; nothing of it was kept. `full`: the disk has no room or refuses. `rejected`: the store
 * can never take what the write holds.
 */
export class LedgerError extends RingbackError {
  readonly full: boolean;
  readonly rejected: boolean;
  constructor({ full, message, locked, rejected = false }: Failure) {
    super('internal', locked ? lockedMessage(locked) : fileMessage(full, message));
    this.full = full;
    this.rejected = rejected;
  }
}

function lockedMessage({ file, holder }: Lock): Message {
  return holder ? engineMessages.eventStoreLockedBy({ file, ...holder }) : engineMessages.eventStoreLocked({ file });
}

function fileMessage(full: boolean, reason: string): Message {
  return full ? engineMessages.diskRefuses({ reason }) : engineMessages.eventStoreFailed({ reason });
}
