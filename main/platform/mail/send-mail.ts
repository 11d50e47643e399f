import { createTransport } from 'nodemailer';
import type { MailResult, OutgoingMail, SendMail } from '../../engine/ports.ts';

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
    return { rejected: false };
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

/** Describes a failure. A permanent response (5yz) to sender, recipients or text rejects this mail; one to the sign-in does not. */
function describeFailure(error: unknown): MailResult {
  const {
    message = String(error),
    responseCode = 0,
    code,
  } = error as Partial<Error> & {
    responseCode?: number;
    code?: string;
  };
  return { problem: message, rejected: responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE') };
}
