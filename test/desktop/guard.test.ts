import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { guardContents, guardSession } from '../../main/desktop/guard.ts';

test('a page can neither leave, open a window nor embed another page', () => {
  const opening: (() => unknown)[] = [];
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: () => unknown) => opening.push(handler),
  });
  guardContents(contents as unknown as WebContents);
  expect(opening.map((handler) => handler())).toEqual([{ action: 'deny' }]);
  for (const step of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
    const prevented: string[] = [];
    contents.emit(step, { preventDefault: () => prevented.push(step) });
    expect(prevented).toEqual([step]);
  }
});

/** Electron's session, as far as it is guarded: what was set is asked here. */
class Guarded extends EventEmitter {
  request: ((contents: unknown, permission: string, decide: (granted: boolean) => void) => void) | undefined;
  check: ((contents: unknown, permission: string) => boolean) | undefined;
  device: (() => boolean) | undefined;
  before: ((details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void) | undefined;
  readonly webRequest = {
    onBeforeRequest: (handler: NonNullable<Guarded['before']>) => {
      this.before = handler;
    },
  };
  setPermissionRequestHandler(handler: NonNullable<Guarded['request']>) {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<Guarded['check']>) {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean) {
    this.device = handler;
  }
  goes(url: string): boolean {
    let cancelled = false;
    this.before?.({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return !cancelled;
  }
}

test('no permission is granted but to copy text', () => {
  const session = new Guarded();
  guardSession(session as unknown as Session, []);
  const may = (permission: string) => {
    const decisions = [session.check?.({}, permission)];
    session.request?.({}, permission, (granted) => decisions.push(granted));
    return decisions;
  };
  for (const permission of ['geolocation', 'media', 'clipboard-read', 'openExternal'])
    expect(may(permission), permission).toEqual([false, false]);
  expect(may('clipboard-sanitized-write')).toEqual([true, true]);
  expect(session.device?.()).toBe(false);
});

test('only the own page is requested, whatever the page asks for', () => {
  const session = new Guarded();
  guardSession(session as unknown as Session, ['ringback://window/']);
  expect(session.goes('ringback://window/index.html')).toBe(true);
  for (const url of ['https://evil.example/', 'http://127.0.0.1:4711/in/1', 'file:///etc/passwd', 'ws://127.0.0.1/'])
    expect(session.goes(url), url).toBe(false);
});
