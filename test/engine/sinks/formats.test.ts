import { expect, test } from 'vitest';
import { toMail } from '../../../main/engine/sinks/email.ts';
import { toJson, toNtfy, toSlack, toTeams } from '../../../main/engine/sinks/formats.ts';

const notification = {
  id: 'ringback-abc-7',
  at: '2026-11-28T12:00:00.000Z',
  title: 'Backup failed: <Tower> & *Annex*',
  body: 'The file was\nnot complete.',
  backup: 'b1',
  failed: true,
};

test('JSON carries what the notification is about', () => {
  expect(toJson(notification)).toEqual({
    source: 'ringback',
    version: 1,
    id: 'ringback-abc-7',
    at: '2026-11-28T12:00:00.000Z',
    title: notification.title,
    body: notification.body,
    backup: 'b1',
    outcome: 'failed',
  });
});

test("Slack's control characters are escaped", () => {
  expect(toSlack(notification)).toEqual({
    text: ':x: *Backup failed: &lt;Tower&gt; &amp; ∗Annex∗*\nThe file was\nnot complete.',
  });
  expect(toSlack({ ...notification, failed: false, body: '' })).toEqual({
    text: '*Backup failed: &lt;Tower&gt; &amp; ∗Annex∗*',
  });
});

test('Teams gets an adaptive card', () => {
  const [attachment] = toTeams(notification).attachments as { contentType: string; content: { body: object[] } }[];
  expect(attachment?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(attachment?.content.body).toMatchObject([
    { type: 'TextBlock', text: 'Backup failed: <Tower> & \\*Annex\\*', color: 'Attention' },
    { type: 'TextBlock', text: notification.body, wrap: true },
  ]);
});

test('a name becomes no link in Teams', () => {
  expect(JSON.stringify(toTeams({ ...notification, body: '[Sign in](https://example.com)' }))).toContain(
    JSON.stringify('\\[Sign in\\](https://example.com)'),
  );
});

test('lines that Markdown takes for lists, headings or quotations stay as they are in Teams', () => {
  const body = '- Tower\n1. Annex\n# 7\n> none\na - b 1. c `d`';
  const [attachment] = toTeams({ ...notification, body }).attachments as { content: { body: { text: string }[] } }[];
  expect(attachment?.content.body[1]?.text).toBe('\\- Tower\n1\\. Annex\n\\# 7\n\\> none\na - b 1. c \\`d\\`');
});

test('a message of ntfy is published to the topic in the address, also below a path', () => {
  expect(toNtfy('https://ntfy.sh/my%20topic', notification)).toEqual({
    url: 'https://ntfy.sh/',
    json: {
      ...{ topic: 'my topic', title: notification.title, message: notification.body },
      ...{ tags: ['x'], priority: 4 },
    },
  });
  const calm = toNtfy('https://example.com/push/alerts', { ...notification, failed: false });
  expect(calm).toMatchObject({ url: 'https://example.com/push', json: { topic: 'alerts', priority: 3 } });
});

test('a mail has one subject line, and the same id at every attempt', () => {
  const target = {
    ...{ kind: 'email' as const, host: 'mail.example', port: 587, security: 'starttls' as const },
    ...{ from: 'ringback@example.com', to: ['me@example.com'], username: 'ringback', password: 'secret' },
  };
  expect(toMail(target, { ...notification, title: 'Two\r\nlines' })).toEqual({
    server: { host: 'mail.example', port: 587, security: 'starttls', username: 'ringback', password: 'secret' },
    from: 'ringback@example.com',
    to: ['me@example.com'],
    id: 'ringback-abc-7@example.com',
    date: notification.at,
    subject: 'Two lines',
    text: `${notification.body}\n`,
  });
});
