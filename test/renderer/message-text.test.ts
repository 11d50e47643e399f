import { afterEach, expect, test } from 'vitest';
import { messageText, problemText, setMessages } from '../../renderer/message-text.ts';
import { ProblemError } from '../../renderer/problem.ts';

const reason = { code: 'hooks.disabled', params: { hook: 'Folder added' } };

afterEach(() => setMessages({}));

test('a message is shown in the language of the window where its catalogue has it', () => {
  setMessages({ hooks: { disabled: '{{hook}} is uitgeschakeld.' } });
  expect(messageText(reason, 'Folder added was disabled.')).toBe('Folder added is uitgeschakeld.');
  const problem = new ProblemError({ code: 'provider', message: 'Folder added was disabled.', reason });
  expect(problemText(problem)).toBe('Folder added is uitgeschakeld.');
});

test('a message without a translation or a reference is shown in English, exactly as the host wrote it', () => {
  expect(messageText(reason, 'Deleted: {{hook}} $t(app.name)')).toBe('Deleted: {{hook}} $t(app.name)');
  expect(messageText(undefined, 'Deleted.')).toBe('Deleted.');
  expect(problemText(new Error('The network is down.'))).toBe('The network is down.');
});

test('a message is followed by what caused it', () => {
  setMessages({ backups: { notStarted: 'Niet gestart.' }, network: { timeout: '{{host}} antwoordt niet.' } });
  const failure = { code: 'backups.notStarted', params: { cause: 'network.timeout', host: 'example.com' } };
  expect(messageText(failure, 'Not started.')).toBe('Niet gestart. example.com antwoordt niet.');
});
