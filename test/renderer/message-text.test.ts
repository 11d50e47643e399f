import { expect, test } from 'vitest';
import { messageText, problemText } from '../../renderer/message-text.ts';
import { ProblemError } from '../../renderer/problem.ts';
import { createTranslation } from '../../renderer/translation.ts';

const reason = { code: 'hooks.disabled', params: { hook: 'Folder added' } };

test('a message is shown in the language of the window where its catalogue has it', () => {
  const translation = createTranslation('nl');
  translation.addResource('nl', 'translation', 'messages.hooks.disabled', '{{hook}} is uitgeschakeld.');
  expect(messageText(translation.t, reason, 'Folder added was disabled.')).toBe('Folder added is uitgeschakeld.');
  const problem = new ProblemError({ code: 'provider', message: 'Folder added was disabled.', reason });
  expect(problemText(translation.t, problem)).toBe('Folder added is uitgeschakeld.');
});

test('a message without a translation or a reference is shown in English, exactly as the host wrote it', () => {
  const { t } = createTranslation();
  expect(messageText(t, reason, 'Deleted: {{hook}} $t(app.name)')).toBe('Deleted: {{hook}} $t(app.name)');
  expect(messageText(t, undefined, 'Deleted.')).toBe('Deleted.');
  expect(problemText(t, new Error('The network is down.'))).toBe('The network is down.');
});
