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
  ['soft\u00adhyphen', 'softhyphen'],
  ['invoice\u{e0065}\u{e0078}\u{e0065}.pdf', 'invoice.pdf'],
  [
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} plan',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} plan',
  ],
  ['half \ud83d and \ude80 and \u{1f680}', 'half \ufffd and \ufffd and \u{1f680}'],
  ['A\ufe0fB\ufe0eC\u{e0101}', 'ABC'],
  ['\u2764\ufe0f 1\ufe0f\u20e3 \u845b\u{e0100}', '\u2764\ufe0f 1\ufe0f\u20e3 \u845b\u{e0100}'],
  ['ad\u200dmin us\u200cer \u200d', 'admin user'],
  ['\u0930\u094d\u200d\u092f', '\u0930\u094d\u200d\u092f'],
  ['\u0645\u06cc\u200c\u200c', '\u0645\u06cc'],
  ['\u{1f469}\u{1f3fd}\u200d\u{1f680}', '\u{1f469}\u{1f3fd}\u200d\u{1f680}'],
  ['a\u3164b\uffa0c\u115fd\u034fe\u17b5f', 'abcdef'],
  ['\u2800\u2800x\u2800', 'x'],
  [`z${'\u0301'.repeat(200)}algo`, `z${'\u0301'.repeat(6)}algo`],
])('%j is shown as %j', (text, shown) => {
  expect(shownText(text, 300)).toBe(shown);
});

async function receive(body: string) {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector] });
  await host.connect();
  const account = { connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id: connection } = await host.ask('connections.add', account);
  const hook = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'back' } });
  const headers = bell.sign(bell.secretOf(hook.providerId ?? ''), body);
  await fetch(hook.callbackUrl, { method: 'POST', body, headers });
  return { host, ...(await host.ask('events.list', {})) };
}

test('names of a callback reach the list, the window and the notification as one plain line', async () => {
  const body = JSON.stringify({ title: 'Rang\u202egpj.exe\nAll verified', summary: 'by \u2066Eve\u001b]0;x' });
  const { host, events } = await receive(body);
  expect(events).toMatchObject([{ title: 'Ranggpj.exe All verified', summary: 'by Eve ]0;x' }]);
  await until(() => host.notes.length > 0);
  expect(host.notes[0]).toMatchObject({ title: 'Ranggpj.exe All verified' });
  const { body: stored } = await host.ask('events.get', { id: events[0]?.id ?? '' });
  expect(stored).toBe(body);
});

test('a title of which nothing is seen gives way to the name of the hook', async () => {
  const { events } = await receive(JSON.stringify({ title: '\u200b\u00ad\u3164' }));
  expect(events[0]?.title).toMatch(/\w{3}/);
});
