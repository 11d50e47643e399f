import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeclaredEmitter, guard } from './guard.ts';
import { mode, readiness } from './system.ts';
import { closeAllWindows, windows } from './window.ts';

const home = String(process.env.HOME);

class SimulatedApp extends DeclaredEmitter {
  readonly isPackaged = mode.packaged === true;
  readonly #paths = new Map<string, string>();
  readonly #ready: Promise<void>;
  #loginItem = false;

  constructor() {
    super('App');
    this.#ready = new Promise((resolve) => setImmediate(resolve)).then(() => {
      readiness.ready = true;
      this.emit('ready');
    });
  }
  whenReady = (): Promise<void> => this.#ready;
  isReady = (): boolean => readiness.ready;
  getAppPath = (): string => String(process.env.ELECTRON_APP_PATH);
  getVersion = (): string => '0.1.0';
  getName = (): string => 'Ringback';
  setAppUserModelId(): void {}
  setAsDefaultProtocolClient = (): boolean => true;
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  setBadgeCount = (): boolean => true;
  /** Electron creates the data folder here. */
  requestSingleInstanceLock(): boolean {
    this.getPath('userData');
    return mode.secondInstance !== true;
  }
  releaseSingleInstanceLock(): void {}
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  getPath(name: string): string {
    const path = this.#paths.get(name) ?? join(home, name);
    mkdirSync(path, { recursive: true });
    return path;
  }
  getLoginItemSettings = () => ({ openAtLogin: this.#loginItem, wasOpenedAtLogin: false });
  setLoginItemSettings({ openAtLogin }: { openAtLogin: boolean }): void {
    this.#loginItem = openAtLogin;
  }
  relaunch(): void {}
  quit(): void {
    if (!this.#continues('before-quit')) return;
    closeAllWindows();
    // A window that stays open cancels it.
    if (windows.length === 0 && this.#continues('will-quit')) this.exit(0);
  }
  exit(code: number): void {
    process.exit(code);
  }
  #continues(event: 'before-quit' | 'will-quit'): boolean {
    let prevented = false;
    this.emit(event, {
      preventDefault() {
        prevented = true;
      },
    });
    return !prevented;
  }
}

/** As the control uses it; the application gets the guarded one. */
export const simulatedApp = new SimulatedApp();
export const app = guard('App', simulatedApp);
