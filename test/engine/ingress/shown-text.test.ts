import { expect, test } from 'vitest';
import { shownText } from '../../../main/engine/messages/index.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

test.each([
  ['invoice\u202excod.exe', 'invoicexcod.exe'],
  ['\u2067plan\u2069.rvt\u200f', 'plan.rvt'],
  ['Tower\r\nBackup verified', 'Tower Backup verified'],
  ['a\u2028b\u2029c\u0085d', 'a b c d'],
  ['\u001b[31mred\u0007', '[31mred'],
  ['zero\u200bwidth\ufeff', 'zerowidth'],
  [
    'family \u{1f468}\u200d\u{1f469} and \u0645\u06cc\u200c\u062e\u0648',
    'family \u{1f468}\u200d\u{1f469} and \u0645\u06cc\u200c\u062e\u0648',
  ],
])('%j is shown as %j', (text, shown) => {
  expect(shownText(text, 300)).toBe(shown);
});

test('names of a callback reach the list, the window and the notification as one plain line', async () => {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector] });
  await host.connect();
  const account = { connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id: connection } = await host.ask('connections.add', account);
  const hook = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'back' } });
  const body = JSON.stringify({ title: 'Rang\u202egpj.exe\nAll verified', summary: 'by \u2066Eve\u001b]0;x' });
  const headers = bell.sign(bell.secretOf(hook.providerId ?? ''), body);
  await fetch(hook.callbackUrl, { method: 'POST', body, headers });
  const { events } = await host.ask('events.list', {});
  expect(events).toMatchObject([{ title: 'Ranggpj.exe All verified', summary: 'by Eve ]0;x' }]);
  await until(() => host.notes.length > 0);
  expect(host.notes[0]).toMatchObject({ title: 'Ranggpj.exe All verified' });
  const { body: stored } = await host.ask('events.get', { id: events[0]?.id ?? '' });
  expect(stored).toBe(body);
});
