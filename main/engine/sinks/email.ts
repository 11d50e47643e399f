import type { SinkTarget } from '../../../preload/contract/index.ts';
import { causeMessage, type Message, networkMessages, notificationMessages } from '../messages/index.ts';
import type { MailFailure, OutgoingMail } from '../ports.ts';
import type { OutgoingNotification } from './outgoing.ts';

/** The mail of a notification; its id makes mail servers and programs take a second copy for the first. */
export function toMail(
  target: Extract<SinkTarget, { kind: 'email' }>,
  notification: OutgoingNotification,
): OutgoingMail {
  const { host, port, security, from, to, username, password } = target;
  const { id, at, title, body } = notification;
  return {
    server: { host, port, security, ...(username === undefined ? {} : { username, password: password ?? '' }) },
    ...{ from, to },
    id: `${id}@${from.split('@').at(-1) ?? 'ringback'}`,
    date: at,
    subject: title.replace(/\s+/g, ' '),
    text: `${body || title}\n`,
  };
}

/** Why a mail was not sent; the words of the mail server stay as they are. */
export function mailProblem({ kind, text, cause }: MailFailure): Message {
  if (kind === 'sign-in') return notificationMessages.mailSignIn({ text });
  if (kind === 'mail') return notificationMessages.mailRejected({ text });
  if (kind === 'encryption') return notificationMessages.mailUnencrypted({ text });
  return cause === undefined ? causeMessage({ message: text }) : networkMessages.failed({ cause });
}
