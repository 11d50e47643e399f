import { RingbackError } from '../../errors.ts';
import type { Message } from '../../messages/index.ts';

/** Another computer may change the hooks: nothing is wrong with the hook that was to be changed. */
export class HooksHeld extends RingbackError {
  constructor(reason: Message) {
    super('conflict', reason);
  }
}
