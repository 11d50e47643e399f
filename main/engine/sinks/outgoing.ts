import type { NotificationView } from '../../../preload/contract/index.ts';
import type { Message } from '../messages/index.ts';

/** A notification as it leaves this computer, in the user's language. */
export interface OutgoingNotification
  extends Pick<NotificationView, 'at' | 'title' | 'body' | 'event' | 'job' | 'backup' | 'count' | 'urgent'> {
  /** The same at every attempt, and of no other notification. */
  readonly id: string;
  /** It is of a failure. */
  readonly failed: boolean;
}

interface SinkFailureOptions extends ErrorOptions {
  readonly isFinal?: boolean;
  readonly isDenied?: boolean;
  readonly retryAfter?: number | undefined;
}

/** Why it was not sent, for the end of a sentence. */
export class SinkFailure extends Error {
  override readonly name = 'SinkFailure';
  readonly reason: Message;
  /** The same notification would be rejected again. */
  readonly isFinal: boolean;
  /** The address or the credentials are wrong, which only the user can put right. */
  readonly isDenied: boolean;
  /** Milliseconds after which the other side wants it again. */
  readonly retryAfter: number | undefined;

  constructor(reason: Message, options: SinkFailureOptions = {}) {
    super(reason.text, options);
    this.reason = reason;
    this.isFinal = options.isFinal ?? false;
    this.isDenied = options.isDenied ?? false;
    this.retryAfter = options.retryAfter;
  }
}
