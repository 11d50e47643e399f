import { expect, test } from 'vitest';
import { createNoteAction, createNoteClick } from '../../../main/desktop/notifications/click.ts';
import type { HostNotification } from '../../../main/engine/ports.ts';
import type { NotificationAction } from '../../../preload/contract/index.ts';

async function click(part: Partial<HostNotification>, opened = true) {
  const done: unknown[] = [];
  const clicked = createNoteClick({
    engine: {
      async ask(method, input) {
        done.push([method, input]);
        return { ok: true, value: { opened } };
      },
    },
    show: (opening) => done.push(opening ?? 'the window'),
  });
  await clicked({ title: '', body: '', ...part });
  return done;
}

test('a click opens the event, the folder of a finished backup, the page, or at least the window', async () => {
  expect(await click({ event: '7' })).toEqual([{ type: 'open', event: '7' }]);
  expect(await click({ id: '3', count: 25 })).toEqual([
    ['notifications.seen', { ids: ['3'] }],
    { type: 'open-events', notification: '3' },
  ]);
  expect(await click({ backup: 'b' })).toEqual([['backups.reveal', { id: 'b' }]]);
  expect(await click({ backup: 'b', page: 'backups' })).toEqual([{ type: 'open-backups', backup: 'b' }]);
  expect(await click({ page: 'backups' })).toEqual([{ type: 'open-backups' }]);
  expect(await click({ page: 'connections' })).toEqual([{ type: 'open-page', page: 'connections' }]);
  expect(await click({ event: '7', job: 'j' })).toEqual([{ type: 'open-job', job: 'j' }]);
  expect(await click({})).toEqual(['the window']);
});

test('where the folder cannot be shown the window shows the backup', async () => {
  const done = await click({ backup: 'b' }, false);
  expect(done.at(-1)).toEqual({ type: 'open-backups', backup: 'b' });
});

async function choose(action: NotificationAction, ok = true) {
  const done: unknown[] = [];
  const chosen = createNoteAction({
    engine: {
      async ask(method, input) {
        done.push([method, input]);
        return ok ? { ok, value: {} } : { ok, problem: { code: 'conflict', message: '' } };
      },
    },
    clicked: async ({ id }) => void done.push(['opened', id]),
    copy: (text) => done.push(['copied', text]),
  });
  await chosen({ id: '3', title: 'Translation failed', body: 'Exit code 7' }, action);
  return done;
}

test('the buttons of a notification open it, start it again, or copy why it failed', async () => {
  const seen = ['notifications.seen', { ids: ['3'] }];
  const retried = ['notifications.retry', { id: '3' }];
  expect(await choose('open')).toEqual([['opened', '3']]);
  expect(await choose('copy-error')).toEqual([seen, ['copied', 'Translation failed\nExit code 7']]);
  expect(await choose('retry')).toEqual([seen, retried]);
  expect(await choose('retry', false)).toEqual([seen, retried, ['opened', '3']]);
});
