import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import type { Opening } from '../../main/desktop/channel.ts';
import { followStarts, openingOf, readCommandLine } from '../../main/desktop/command-line.ts';

const job = '5f0c2c1e-92a1-4c7e-8f1d-0d3e7f6b8a11';

test('a link opens an event, a job or a backup by its id', () => {
  expect(openingOf('ringback://event/1234')).toEqual({ type: 'open', event: '1234' });
  expect(openingOf(`ringback://job/${job}`)).toEqual({ type: 'open-job', job });
  expect(openingOf(`ringback://backup/${job}/`)).toEqual({ type: 'open-backups', backup: job });
});

test.each([
  'ringback://window/index.html',
  'ringback://event/',
  'ringback://event/12?then=quit',
  'ringback://event/12#x',
  'ringback://event/..%2f12',
  'ringback://event/12/13',
  'ringback://settings/1',
  'ringback://hook/1',
  'RINGBACK://event/12\nx',
  'https://event/12',
  `ringback://event/${'1'.repeat(65)}`,
])('%j opens nothing', (link) => {
  expect(openingOf(link)).toBeUndefined();
});

test('only the known parameters count, whatever Chromium adds', () => {
  const parameters = ['ringback', '--hidden', '--allow-file-access-from-files', '--sandbox', 'file:///etc/passwd'];
  expect(readCommandLine(parameters)).toEqual({ hidden: true, sandbox: true, asksKeyStore: false, opening: undefined });
  expect(readCommandLine(['ringback', 'ringback://event/7'])).toMatchObject({
    hidden: false,
    opening: { type: 'open', event: '7' },
  });
  expect(readCommandLine(['--hidden=no', 'hidden', '--no-sandbox'])).toEqual({
    hidden: false,
    sandbox: false,
    asksKeyStore: false,
    opening: undefined,
  });
});

test('a link that macOS opens before the window is there is shown once it is', () => {
  const app = new EventEmitter();
  const links = followStarts(app as unknown as App);
  const shown: Opening[] = [];
  const open = (link: string) => app.emit('open-url', { preventDefault() {} }, link);
  open('ringback://event/1');
  open('ringback://settings/1');
  links.deliverTo((opening) => opening && shown.push(opening));
  open(`ringback://job/${job}`);
  expect(shown).toEqual([
    { type: 'open', event: '1' },
    { type: 'open-job', job },
  ]);
});

test.each([
  [['ringback://event/1', '--other'], { type: 'open', event: '1' }],
  [['--other', 'ringback://event/1', '--other'], { type: 'open', event: '1' }],
  [['ringback://event/1', `ringback://job/${job}`, '--other'], { type: 'open-job', job }],
  [['--other', '--other'], undefined],
])('of the starts %j before the application is ready, the last link is shown', (parameters, expected) => {
  const app = new EventEmitter();
  const starts = followStarts(app as unknown as App);
  for (const parameter of parameters) app.emit('second-instance', {}, ['ringback', parameter]);
  const shown: unknown[] = [];
  starts.deliverTo((opening) => shown.push(opening));
  expect(shown).toEqual([expected]);
});

test('a further start shows the window, also one that comes before the application is ready', () => {
  const app = new EventEmitter();
  const starts = followStarts(app as unknown as App);
  const shown: unknown[] = [];
  app.emit('second-instance', {}, ['ringback', `ringback://job/${job}`]);
  starts.deliverTo((opening) => shown.push(opening));
  app.emit('second-instance', {}, ['ringback', '--hidden']);
  app.emit('second-instance', {}, ['ringback', 'ringback://settings/1']);
  app.emit('second-instance', {}, ['ringback', '--hidden', 'ringback://event/7']);
  expect(shown).toEqual([{ type: 'open-job', job }, undefined, { type: 'open', event: '7' }]);
});
