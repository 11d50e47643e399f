import { existsSync } from 'node:fs';
import type { MenuItemConstructorOptions } from 'electron';
import { checkOptions, DeclaredEmitter, guard } from './guard.ts';
import { closeOnBus, showOnBus } from './libnotify.ts';
import { happened, mode, requireReady } from './system.ts';

export class Menu {
  rows: readonly MenuItemConstructorOptions[] = [];
  static setApplicationMenu(): void {}
  static buildFromTemplate(rows: readonly MenuItemConstructorOptions[]): Menu {
    for (const row of rows) checkOptions('MenuItemConstructorOptions', row);
    const menu = new Menu();
    menu.rows = rows;
    return menu;
  }
}

export class Tray extends DeclaredEmitter {
  toolTip = '';
  menu: Menu | undefined;
  constructor(picture: { isEmpty(): boolean }) {
    super('Tray');
    requireReady('a tray icon');
    if (picture.isEmpty()) throw new Error('The tray icon has no picture.');
    trays.push(this);
    // biome-ignore lint/correctness/noConstructorReturn: the application sees the guarded icon.
    return guard('Tray', this);
  }
  setImage(picture: { isEmpty(): boolean }): void {
    if (picture.isEmpty()) throw new Error('The tray icon has no picture.');
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }
  setTitle(): void {}
  destroy(): void {
    trays.splice(trays.indexOf(this), 1);
  }
}
export const trays: Tray[] = [];

interface NotificationOptions {
  readonly title: string;
  readonly body: string;
  readonly actions?: readonly { readonly text: string }[];
}

export class Notification extends DeclaredEmitter {
  readonly options: NotificationOptions;
  readonly onBus: Parameters<typeof showOnBus>[0];
  shown = false;
  static isSupported = (): boolean => mode.notifications !== 'unsupported';
  constructor(options: NotificationOptions) {
    super('Notification');
    requireReady('notifications');
    checkOptions('NotificationConstructorOptions', options);
    this.options = options;
    this.onBus = { ...options, emit: (event, ...values) => this.emit(event, ...values) };
    // biome-ignore lint/correctness/noConstructorReturn: the application sees the guarded notification.
    return guard('Notification', this);
  }
  show(): void {
    notifications.push(this);
    if (mode.notifications === 'bus') return void showOnBus(this.onBus);
    if (mode.notifications === 'unconfirmed') return;
    if (mode.notifications === 'failed') return void this.emit('failed', {}, 'The user has not allowed notifications.');
    this.shown = true;
    this.emit('show');
  }
  close(): void {
    this.shown = false;
    if (mode.notifications === 'bus') void closeOnBus(this.onBus);
  }
}
export const notifications: Notification[] = [];

export const nativeImage = guard('static NativeImage', {
  createFromPath: (path: string) => ({ isEmpty: () => !existsSync(path) }),
});

const pressed = [...(mode.pressed ?? [])];

interface Box {
  readonly message: string;
  readonly detail?: string;
}

export const dialog = guard('Dialog', {
  async showMessageBox(...parameters: readonly unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    const options = parameters.at(-1) as Box;
    checkOptions('MessageBoxOptions', options);
    happened.boxes.push({ message: options.message, detail: options.detail ?? '' });
    const response = pressed.shift();
    return response === undefined ? await new Promise(() => {}) : { response, checkboxChecked: false };
  },
  /** The user accepts what is proposed. */
  async showSaveDialog(options: { readonly defaultPath: string }) {
    checkOptions('SaveDialogOptions', options);
    return { canceled: false, filePath: options.defaultPath };
  },
  showErrorBox(message: string, detail: string): void {
    process.stderr.write(`${message}: ${detail}\n`);
    happened.boxes.push({ message, detail });
  },
});

export const shell = guard('Shell', {
  async openExternal(address: string): Promise<void> {
    happened.opened.push(address);
  },
  async openPath(path: string): Promise<string> {
    happened.opened.push(path);
    return '';
  },
  showItemInFolder: (path: string) => void happened.opened.push(path),
});
