import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Log } from '../log.ts';
import { type Message, messageMembers, notificationMessages } from '../messages/index.ts';
import { toTime } from '../storage/index.ts';
import type { SinkFailure } from './outgoing.ts';

/** The results of a sink's attempts since the start. */
interface SinkReport {
  readonly lastSentAt?: string;
  readonly problem?: string;
  readonly problemMessage?: MessageReference;
}

interface SinkReportsOptions {
  readonly log: Log;
  now(): number;
  warn(message: Message): void;
  /** The name that the user gave the sink. */
  nameOf(sink: string): string;
}

/** Remembers the results of attempts by the sink's id, and warns of failures. */
export function createSinkReports({ log, now, warn, nameOf }: SinkReportsOptions) {
  const reports = new Map<string, SinkReport>();
  /** The codes of the warnings since the sink last worked: every notification that waits fails the same way. */
  const warned = new Map<string, Set<string>>();
  const warnOnce = (sink: string, message: Message): void => {
    const codes = warned.get(sink) ?? new Set();
    if (!codes.has(message.code)) warn(message);
    warned.set(sink, codes.add(message.code));
  };
  return {
    of: (sink: string): SinkReport => reports.get(sink) ?? {},
    sent(sink: string): void {
      reports.set(sink, { lastSentAt: toTime(now()) });
      warned.delete(sink);
    },
    /** A test notification was accepted: the last problem is over. */
    testSent(sink: string): void {
      const { lastSentAt } = reports.get(sink) ?? {};
      reports.set(sink, lastSentAt === undefined ? {} : { lastSentAt });
    },
    expired: (sink: string): void => warnOnce(sink, notificationMessages.sinkExpired({ sink: nameOf(sink) })),
    failed(sink: string, failure: SinkFailure, isLast: boolean): void {
      reports.set(sink, { ...reports.get(sink), ...messageMembers('problem', failure.reason) });
      const parameters = failureParameters(nameOf(sink), failure);
      if (failure.isDenied) warnOnce(sink, notificationMessages.sinkDenied(parameters));
      if (!isLast) log.info('notifications', notificationMessages.sinkFailed(parameters).text);
      else if (failure.isFinal) warn(notificationMessages.sinkRejected(parameters));
      else warn(notificationMessages.sinkGaveUp(parameters));
    },
    forget(sink: string): void {
      reports.delete(sink);
      warned.delete(sink);
    },
  };
}

export function failureParameters(
  sink: string,
  { reason }: SinkFailure,
): { readonly sink: string; readonly reason: Message } {
  return { sink, reason };
}
