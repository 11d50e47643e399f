import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text as they were sent. */
  readonly data: string;
}

/** A mail server without encryption and accounts that takes what it is given. */
export interface MailServer {
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** What it answers to recipients; "250 ok" at first. */
  recipientAnswer: string;
}

export async function openMailServer(): Promise<MailServer> {
  const state: { mails: ReceivedMail[]; recipientAnswer: string } = { mails: [], recipientAnswer: '250 ok' };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    void converse(socket, state);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return Object.assign(state, { port: (server.address() as AddressInfo).port });
}

async function converse(socket: Socket, state: { mails: ReceivedMail[]; recipientAnswer: string }): Promise<void> {
  const answer = (line: string): boolean => socket.write(`${line}\r\n`);
  let mail = { from: '', to: [] as string[] };
  let data: string[] | undefined;
  answer('220 mail.example ESMTP');
  for await (const line of createInterface(socket)) {
    if (data) {
      if (line !== '.') data.push(line);
      else {
        state.mails.push({ ...mail, data: data.join('\n') });
        mail = { from: '', to: [] };
        data = undefined;
        answer('250 queued');
      }
    } else if (/^MAIL FROM:/i.test(line)) {
      mail.from = line.slice('MAIL FROM:'.length);
      answer('250 ok');
    } else if (/^RCPT TO:/i.test(line)) {
      mail.to.push(line.slice('RCPT TO:'.length));
      answer(state.recipientAnswer);
    } else if (/^DATA$/i.test(line)) {
      data = [];
      answer('354 go ahead');
    } else if (/^EHLO /i.test(line)) {
      answer('250-mail.example');
      answer('250 AUTH PLAIN');
    } else if (/^AUTH /i.test(line)) {
      answer('535 5.7.8 no such account');
    } else if (/^STARTTLS$/i.test(line)) {
      answer('502 not implemented');
    } else if (/^QUIT$/i.test(line)) {
      answer('221 bye');
      socket.end();
    } else answer('250 mail.example');
  }
}
