import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemory } from '../../main/desktop/memory.ts';
import { createWindow } from '../../main/desktop/window.ts';
import { silentLog } from '../support/log.ts';

class Pane extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new EventEmitter();
  readonly done: string[] = [];
  readonly load: 'resolves' | 'rejects';
  constructor(options: BrowserWindowConstructorOptions, load: Pane['load']) {
    super();
    this.options = options;
    this.load = load;
  }
  async loadURL(address: string) {
    this.done.push(`load ${address}`);
    if (this.load === 'rejects') throw new Error('ERR_FAILED (-2)');
  }
  getNormalBounds = () => ({ x: 0, y: 0, width: 900, height: 700 });
  maximized = false;
  isMaximized = () => this.maximized;
  maximize = () => this.done.push('maximize');
  isMinimized = () => true;
  isVisible = () => this.done.includes('show');
  restore = () => this.done.push('restore');
  show = () => this.done.push('show');
  focus = () => this.done.push('focus');
  setProgressBar = (fraction: number) => this.done.push(`progress ${fraction}`);
  destroy() {
    this.done.push('destroy');
    this.emit('closed');
  }
  /** The user presses the button: true where the system goes on and closes the window. */
  pressClose() {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit('close', { preventDefault });
    if (!prevented) this.emit('closed');
    return !prevented;
  }
}

function screen({ mayClose = true, quitting = false, load = 'resolves' as Pane['load'] } = {}) {
  const panes: Pane[] = [];
  const kept = new Map<string, unknown>();
  const memory = createMemory({ get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) });
  const window = createWindow({
    create(options) {
      const pane = new Pane(options, load);
      panes.push(pane);
      return pane as unknown as BrowserWindow;
    },
    preload: '/preload/bridge.cjs',
    address: 'ringback://window/index.html',
    icon: '/icon.png',
    background: () => '#fff',
    memory,
    screens: () => [{ x: 0, y: 0, width: 1920, height: 1040 }],
    quitting: () => quitting,
    mayClose: async () => mayClose,
    log: silentLog,
  });
  window.show();
  const [pane] = panes;
  if (pane === undefined) throw new Error('No window was made.');
  return { window, panes, pane };
}

test('the page runs sandboxed, isolated and without Node', () => {
  const { pane } = screen();
  expect(pane.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  expect(pane.done).toEqual(['load ringback://window/index.html']);
});

test('the window appears when it has something to show', () => {
  const { pane } = screen();
  expect(pane.options.show).toBe(false);
  pane.emit('ready-to-show');
  expect(pane.done).toContain('show');
});

const signs = [
  ['the page has loaded', (pane: Pane) => pane.webContents.emit('did-finish-load')],
  ['three seconds have passed', () => vi.advanceTimersByTime(3000)],
] as const;

test.each(signs)('a window of which Electron never says that it is ready is shown once when %s', (_sign, give) => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { pane } = screen();
  give(pane);
  give(pane);
  pane.emit('ready-to-show');
  vi.advanceTimersByTime(5000);
  expect(pane.done.filter((what) => what === 'show')).toHaveLength(1);
});

test('a window whose page cannot be loaded is shown all the same', async () => {
  const { pane } = screen({ load: 'rejects' });
  await vi.waitFor(() => expect(pane.done).toContain('show'));
});

test('a window that was closed before it appeared is not shown', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { pane } = screen();
  pane.destroy();
  vi.advanceTimersByTime(5000);
  expect(pane.done).not.toContain('show');
});

test('showing it again brings the one window to the front', () => {
  const { window, panes, pane } = screen();
  window.show();
  expect(panes).toHaveLength(1);
  expect(pane.done.slice(1)).toEqual(['restore', 'show', 'focus']);
});

test('a closed window is freed, and created again in its old size', async () => {
  const { window, panes, pane } = screen();
  expect(pane.pressClose()).toBe(false);
  await vi.waitFor(() => expect(pane.done).toContain('destroy'));
  expect(window.contents()).toBeUndefined();
  window.show();
  expect(panes[1]?.options).toMatchObject({ width: 900, height: 700 });
});

test('a window that may not close stays', async () => {
  const { window, pane } = screen({ mayClose: false });
  pane.pressClose();
  await new Promise(setImmediate);
  expect(pane.done).not.toContain('destroy');
  expect(window.contents()).toBe(pane.webContents);
});

test('when Ringback quits the window closes without a question', () => {
  const { pane } = screen({ quitting: true });
  expect(pane.pressClose()).toBe(true);
});

const crash = (pane: Pane | undefined, reason = 'crashed') =>
  pane?.webContents.emit('render-process-gone', {}, { reason });

test('a window whose process crashed while the user saw it comes back where it was', () => {
  const { panes, pane } = screen();
  pane.emit('ready-to-show');
  crash(pane);
  expect(panes).toHaveLength(2);
  expect(pane.done).toContain('destroy');
  expect(panes[1]?.options).toMatchObject({ x: 0, y: 0, width: 900, height: 700 });
});

test('one that crashes again and again stays away until it is shown', () => {
  const { window, panes } = screen();
  for (let count = 0; count < 10; count += 1) {
    panes.at(-1)?.emit('ready-to-show');
    crash(panes.at(-1));
  }
  expect(panes).toHaveLength(4);
  window.show();
  expect(panes).toHaveLength(5);
});

test.each([
  ['had not appeared yet', {}, 'crashed'],
  ['ended in order', {}, 'clean-exit'],
  ['crashed while Ringback quits', { quitting: true }, 'crashed'],
] as const)('a window that %s does not come back by itself', (name, options, reason) => {
  const { window, panes, pane } = screen(options);
  if (!name.includes('appeared')) pane.emit('ready-to-show');
  crash(pane, reason);
  expect(panes).toHaveLength(1);
  window.show();
  expect(panes).toHaveLength(2);
});

test('progress is shown on the window there is, and on one that is made later', () => {
  const { window, panes, pane } = screen();
  window.setProgress(0.5);
  pane.destroy();
  window.show();
  panes[1]?.emit('ready-to-show');
  const progress = panes.map(({ done }) => done.filter((what) => what.startsWith('progress')));
  expect(progress).toEqual([['progress 0.5'], ['progress 0.5']]);
});

test('a window that was maximized when it was closed is maximized again, once it is shown', () => {
  const { window, panes, pane } = screen();
  pane.maximized = true;
  pane.pressClose();
  pane.destroy();
  window.show();
  const next = panes[1];
  expect(next?.options).toMatchObject({ x: 0, y: 0, width: 900, height: 700 });
  expect(next?.done).not.toContain('maximize');
  next?.emit('ready-to-show');
  expect(next?.done.slice(-2)).toEqual(['show', 'maximize']);
});
