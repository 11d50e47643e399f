import { createTransport } from 'nodemailer';
import type { MailFailure, OutgoingMail, SendMail } from '../../engine/ports.ts';

/** Milliseconds for connecting and the server's greeting, and without any response afterwards. */
const timeouts = { connect: 10_000, idle: 20_000 } as const;

/** Sends one mail over a connection of its own. */
export const sendMail: SendMail = async (mail, signal) => {
  const transport = createTransport(connectionOptions(mail.server));
  const abort = (): void => transport.close();
  signal.addEventListener('abort', abort);
  try {
    await transport.sendMail({
      ...{ from: mail.from, to: [...mail.to], subject: mail.subject, text: mail.text },
      messageId: `<${mail.id}>`,
      date: mail.date,
      headers: { 'auto-submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return undefined;
  } catch (error) {
    return describeFailure(error);
  } finally {
    signal.removeEventListener('abort', abort);
    transport.close();
  }
};

function connectionOptions({ host, port, security, username, password = '' }: OutgoingMail['server']) {
  return {
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(username === undefined ? {} : { auth: { user: username, pass: password } }),
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    socketTimeout: timeouts.idle,
  };
}

/** By nodemailer's codes; all others concern the encryption or the connection. */
const kinds: Readonly<Record<string, MailFailure['kind'] | undefined>> = {
  EAUTH: 'sign-in',
  ENOAUTH: 'sign-in',
  EENVELOPE: 'mail',
  EMESSAGE: 'mail',
  ETLS: 'encryption',
  EREQUIRETLS: 'encryption',
};

/** A permanent response (5yz) to sender, recipients or text rejects this mail; one to the sign-in does not. */
function describeFailure(error: unknown): MailFailure {
  const {
    message: text = String(error),
    responseCode = 0,
    code = '',
  } = error as Partial<Error> & {
    responseCode?: number;
    code?: string;
  };
  const kind = kinds[code] ?? (encryption.test(text) ? 'encryption' : 'connection');
  const cause = code === 'ETIMEDOUT' ? code : systemCode.exec(text)?.[0];
  return {
    ...{ kind, text, rejected: responseCode >= 500 && kind === 'mail' },
    ...(kind === 'connection' && cause !== undefined ? { cause } : {}),
  };
}

/** Matches the messages of OpenSSL and Node about a failed handshake or certificate. */
const encryption = /SSL routines|certificate|\bTLS\b/;
/** Finds the system's code in the text, since nodemailer replaces `code` with one of its own. */
const systemCode = /\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|EPIPE)\b/;
