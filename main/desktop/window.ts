import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron';
import type { Log } from '../engine/log.ts';
import type { Memory } from './memory.ts';
import { restoreBounds } from './window-bounds.ts';

/** The only window. Closing it frees its memory while Ringback continues in the tray; showing it creates it again. */
interface Window {
  show(): void;
  /** Sets the progress on the taskbar, as in Electron's setProgressBar. */
  setProgress(fraction: number): void;
  contents(): WebContents | undefined;
}

interface WindowParts {
  create(options: BrowserWindowConstructorOptions): BrowserWindow;
  readonly preload: string;
  readonly address: string;
  readonly icon: string;
  /** The background colour until the page is painted. */
  background(): string;
  readonly memory: Memory;
  /** The areas of the screens without the taskbar, the primary one first. */
  screens(): readonly Rectangle[];
  /** Whether the application is quitting, when the user is not asked. */
  quitting(): boolean;
  /** Called when the user closes the window; false keeps it open. */
  mayClose(window: BrowserWindow): Promise<boolean>;
  readonly log: Log;
}

/** Milliseconds after which a new window is shown even without an event of Electron. */
const latestShow = 3000;

/** How often a window whose process crashed is created again automatically, until the user shows it. */
const mostReturns = 3;

export function createWindow(parts: WindowParts): Window {
  let window: BrowserWindow | undefined;
  let progress = -1;
  let returns = 0;

  const rememberBounds = (made: BrowserWindow): void =>
    parts.memory.set({ window: { ...made.getNormalBounds(), maximized: made.isMaximized() } });

  const make = (): BrowserWindow => {
    const made = parts.create(options(parts));
    const appear = showOnce(made, () => {
      if (parts.memory.get().window?.maximized) made.maximize();
      if (progress !== -1) made.setProgressBar(progress);
    });
    made.once('closed', () => {
      appear.cancel();
      if (window === made) window = undefined;
    });
    made.on('close', (event) => {
      rememberBounds(made);
      if (parts.quitting()) return;
      event.preventDefault();
      void parts.mayClose(made).then((may) => may && made.destroy());
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      parts.log.warn('window', `The window's process ended: ${reason}`);
      const returned = reason !== 'clean-exit' && made.isVisible() && !parts.quitting() && returns < mostReturns;
      rememberBounds(made);
      made.destroy();
      if (!returned) return;
      returns += 1;
      window = make();
    });
    made.loadURL(parts.address).catch((error: unknown) => {
      parts.log.warn('window', `The window could not be loaded: ${String(error)}`);
      appear.now();
    });
    return made;
  };

  const bringToFront = (present: BrowserWindow): void => {
    if (present.isMinimized()) present.restore();
    present.show();
    present.focus();
  };

  return {
    show() {
      returns = 0;
      if (window === undefined) window = make();
      else bringToFront(window);
    },
    setProgress(fraction) {
      progress = fraction;
      window?.setProgressBar(fraction);
    },
    contents: () => window?.webContents,
  };
}

/**
 * Shows a new window at the first sign that it is ready. On Wayland, `ready-to-show` may be late or missing for a
 * hidden window (electron/electron#48859), so a loaded page, a failed load and a timeout of three seconds count as
 * well.
 */
function showOnce(window: BrowserWindow, shown: () => void): { now(): void; cancel(): void } {
  let done = false;
  const cancel = (): void => {
    done = true;
    clearTimeout(timer);
  };
  const now = (): void => {
    if (done) return;
    cancel();
    window.show();
    shown();
  };
  const timer = setTimeout(now, latestShow);
  window.once('ready-to-show', now);
  window.webContents.once('did-finish-load', now);
  return { now, cancel };
}

function options({ preload, icon, background, memory, screens }: WindowParts): BrowserWindowConstructorOptions {
  return {
    title: 'Ringback',
    ...restoreBounds(memory.get().window, screens()),
    minWidth: 480,
    minHeight: 400,
    show: false,
    autoHideMenuBar: true,
    icon,
    backgroundColor: background(),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      disableDialogs: true,
    },
  };
}
