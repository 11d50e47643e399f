import { checkOptions, DeclaredEmitter, guard } from './guard.ts';
import { ipc } from './ipc.ts';
import { servedPage } from './session.ts';
import { happened, mode, requireReady } from './system.ts';

const bounds = { x: 0, y: 0, width: 1120, height: 760 };

class SimulatedContents extends DeclaredEmitter {
  constructor() {
    super('WebContents');
  }
  isDestroyed = (): boolean => false;
  setWindowOpenHandler(): void {}
  send(_channel: string, change: { readonly type: string }): void {
    happened.changes.push(structuredClone(change).type);
  }
}

export class BrowserWindow extends DeclaredEmitter {
  readonly webContents: SimulatedContents = guard('WebContents', new SimulatedContents());
  visible = false;
  loaded: string | undefined;

  constructor(options: object) {
    super('BrowserWindow');
    requireReady('a window');
    checkOptions('BrowserWindowConstructorOptions', options);
    windows.push(this);
    const guarded = guard('BrowserWindow', this);
    created(guarded);
    // biome-ignore lint/correctness/noConstructorReturn: the application sees the guarded window.
    return guarded;
  }
  static getAllWindows = (): readonly BrowserWindow[] => windows;
  async loadURL(address: string): Promise<void> {
    if (mode.window === 'fails to load') throw new Error('ERR_FAILED (-2)');
    const { status } = await servedPage(address);
    if (status !== 200) throw new Error(`The page was answered with ${status}.`);
    this.loaded = address;
    if (mode.window === 'never becomes ready') return;
    this.emit('ready-to-show');
    this.webContents.emit('did-finish-load');
    ipc.receive(this.webContents);
  }
  show(): void {
    this.visible = true;
  }
  focus(): void {}
  maximize(): void {}
  setFullScreen(): void {}
  setProgressBar(): void {}
  restore(): void {}
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => false;
  isFullScreen = (): boolean => false;
  isVisible = (): boolean => this.visible;
  getNormalBounds = () => bounds;
  /** The user closes the window, or the application quits. */
  close(): void {
    let prevented = false;
    this.emit('close', {
      preventDefault() {
        prevented = true;
      },
    });
    if (!prevented) this.destroy();
  }
  destroy(): void {
    const index = windows.indexOf(this);
    if (index === -1) return;
    windows.splice(index, 1);
    this.webContents.emit('destroyed');
    this.emit('closed');
  }
}

export const windows: BrowserWindow[] = [];

export function closeAllWindows(): void {
  for (const window of [...windows]) window.close();
}

let created = (_window: BrowserWindow): void => {};

/** Has every new window reported, as Electron's application does by its events. */
export function onCreated(report: typeof created): void {
  created = report;
}
