import type { SinkTarget } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { causeMessage, type Message, notificationMessages } from '../messages/index.ts';
import type { NotifyCommand, Ports } from '../ports.ts';
import { mailProblem, toMail } from './email.ts';
import { toJson, toNtfy, toSlack, toTeams } from './formats.ts';
import { type OutgoingNotification, SinkFailure } from './outgoing.ts';
import { post } from './post.ts';

/** Sends the notification once; throws a SinkFailure if it was not accepted. */
export function sendTo(
  target: SinkTarget,
  notification: OutgoingNotification,
  { fetch, sendMail, notifySend }: Pick<Ports, 'fetch' | 'sendMail' | 'notifySend'>,
  signal: AbortSignal,
): Promise<void> {
  const { id } = notification;
  if (target.kind === 'notify-send') return runCommand(notifySend, notification, signal);
  if (target.kind === 'email') return mail(sendMail, toMail(target, notification), signal);
  const { token } = target;
  if (target.kind === 'ntfy') return post({ ...{ fetch, id, token, signal }, ...toNtfy(target.url, notification) });
  const formats = { json: toJson, slack: toSlack, teams: toTeams } as const;
  return post({ ...{ fetch, id, token, signal }, url: target.url, json: formats[target.format](notification) });
}

async function mail(
  sendMail: Ports['sendMail'],
  message: Parameters<NonNullable<Ports['sendMail']>>[0],
  signal: AbortSignal,
): Promise<void> {
  if (!sendMail) throw new SinkFailure(notificationMessages.noMail(), { isFinal: true });
  const failure = await sendMail(message, signal);
  if (failure) throw new SinkFailure(mailProblem(failure), { isFinal: failure.rejected });
}

/** Runs a program with the notification as JSON; throws a SinkFailure if it fails. */
export async function runCommand(
  command: NotifyCommand | undefined,
  notification: OutgoingNotification,
  signal: AbortSignal,
): Promise<void> {
  // The stored sink may come from another computer, whose host has such a program.
  if (!command) throw new SinkFailure(notificationMessages.sinkNotOnScreen(), { isFinal: true });
  try {
    await command.run(JSON.stringify(toJson(notification)), signal);
  } catch (cause) {
    throw new SinkFailure(causeOf(cause), { cause });
  }
}

/** An unexpected error would occur again at every attempt: it is final, so that it does not hold up later notifications. */
export function toFailure(error: unknown): SinkFailure {
  if (error instanceof SinkFailure) return error;
  return new SinkFailure(causeOf(error), { cause: error, isFinal: !(error instanceof RingbackError) });
}

function causeOf(error: unknown): Message {
  return causeMessage(error instanceof Error ? error : { message: String(error) });
}
