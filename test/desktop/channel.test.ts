import { EventEmitter } from 'node:events';
import type { IpcMain, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { openChannel } from '../../main/desktop/channel.ts';
import type { Change } from '../../preload/contract/index.ts';

const origin = 'ringback://window';
const hooksChange: Change = { type: 'hooks' };

class Page extends EventEmitter {
  readonly heard: Change[] = [];
  readonly mainFrame = { parent: null, origin };
  isDestroyed() {
    return false;
  }
  send(channel: string, change: Change) {
    if (channel === 'ringback:change') this.heard.push(change);
  }
}

/** Electron's side of the conversation: what the window's messages arrive at. */
class Wire extends EventEmitter {
  answer: ((event: unknown, ...words: unknown[]) => Promise<unknown>) | undefined;
  handle(_channel: string, answer: NonNullable<Wire['answer']>) {
    this.answer = answer;
  }
  removeHandler() {
    this.answer = undefined;
  }
}

function conversation() {
  const wire = new Wire();
  const page = new Page();
  const asked: unknown[] = [];
  let tell: (change: Change) => void = () => {};
  const channel = openChannel({
    ipcMain: wire as unknown as IpcMain,
    engine: {
      async ask(method, input) {
        asked.push({ method, input });
        return { ok: true, value: 'the answer' };
      },
      listen(listener) {
        tell = listener;
        return () => {
          tell = () => {};
        };
      },
    },
    contents: () => page as unknown as WebContents,
    origin,
  });
  const from = (sender: Page, senderFrame: unknown = sender.mainFrame) => ({ sender, senderFrame });
  return {
    channel,
    page,
    wire,
    asked,
    from,
    tell: (change: Change) => tell(change),
    ask: (event: unknown, method: unknown) => wire.answer?.(event, method, {}),
    listen: (event: unknown = from(page)) => wire.emit('ringback:change', event),
  };
}

test('the window is answered by the engine', async () => {
  const { ask, asked, page, from } = conversation();
  expect(await ask(from(page), 'status.get')).toEqual({ ok: true, value: 'the answer' });
  expect(asked).toEqual([{ method: 'status.get', input: {} }]);
});

test.each([
  ['another window', () => [new Page(), undefined]],
  ['a frame inside the page', (page: Page) => [page, { parent: page.mainFrame, origin }]],
  ['a page from elsewhere', (page: Page) => [page, { parent: null, origin: 'https://evil.example' }]],
  ['a frame that is gone', (page: Page) => [page, null]],
] as const)('%s is neither answered nor told anything', async (_name, sender) => {
  const { ask, asked, page, from, listen, tell } = conversation();
  const [contents, frame] = sender(page) as [Page, unknown];
  const event = from(contents, frame);
  expect(await ask(event, 'status.get')).toMatchObject({ ok: false, problem: { code: 'unauthorized' } });
  listen(event);
  tell(hooksChange);
  expect(asked).toEqual([]);
  expect([...page.heard, ...contents.heard]).toEqual([]);
});

test('a method that is no text never reaches the engine', async () => {
  const { ask, asked, page, from } = conversation();
  expect(await ask(from(page), { toString: 'status.get' })).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
});

test('a window that listens hears that it may begin, and then every change', () => {
  const { page, listen, tell } = conversation();
  tell(hooksChange);
  listen();
  tell(hooksChange);
  expect(page.heard).toEqual([{ type: 'ready' }, hooksChange]);
});

test('an event to be shown waits until the window listens, and is shown once', () => {
  const { channel, page, listen } = conversation();
  channel.open({ type: 'open', event: '7' });
  listen();
  listen();
  channel.open({ type: 'open', event: '8' });
  expect(page.heard.filter(({ type }) => type === 'open')).toEqual([
    { type: 'open', event: '7' },
    { type: 'open', event: '8' },
  ]);
});

test('a page that is loaded again has to listen again', () => {
  const { channel, page, listen, tell } = conversation();
  listen();
  page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
  tell(hooksChange);
  page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  channel.open({ type: 'open', event: '7' });
  expect(page.heard).toEqual([{ type: 'ready' }, hooksChange]);
  listen();
  expect(page.heard.at(-1)).toEqual({ type: 'open', event: '7' });
});

test('after closing nothing is answered and nothing told', () => {
  const { channel, page, wire, listen, tell } = conversation();
  listen();
  channel.close();
  tell(hooksChange);
  listen();
  expect(page.heard).toEqual([{ type: 'ready' }]);
  expect(wire.answer).toBeUndefined();
});
