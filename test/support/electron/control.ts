import type { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import { notifications, trays } from './desktop.ts';
import { ipc } from './ipc.ts';
import { unlock } from './key-store.ts';
import type { Command, Observed } from './mode.ts';
import { happened } from './system.ts';
import { windows } from './window.ts';

interface Emitters {
  readonly app: EventEmitter & { quit(): void };
  readonly powerMonitor: EventEmitter;
}

/** Carries out what the test asks for over the process's IPC. */
export function startControl(emitters: Emitters): void {
  process.on('message', ({ id, command }: { id: number; command: Command }) => {
    Promise.resolve()
      .then(() => perform(command, emitters))
      .then(
        (value) => process.send?.({ id, value }),
        (error: Error) => process.send?.({ id, error: error.message }),
      );
  });
}

function perform(command: Command, emitters: Emitters): unknown {
  switch (command.type) {
    case 'observe':
      return observe();
    case 'ask':
      return ipc.ask(() => windows[0]?.webContents ?? {}, command);
    case 'emit':
      return emit(emitters[command.on], command.event, command.values ?? []);
    case 'press-close':
      return windows[0]?.close();
    case 'press-row':
      return pressRow(command.label);
    case 'click-notification':
      return void notifications[command.index]?.emit(command.event, {});
    case 'unlock':
      return unlock();
    case 'quit':
      return emitters.app.quit();
  }
}

/** Gives whether the application prevented what the event announces. */
function emit(emitter: EventEmitter, event: string, values: readonly unknown[]): boolean {
  let prevented = false;
  const preventDefault = (): void => {
    prevented = true;
  };
  emitter.emit(event, { preventDefault }, ...values);
  return prevented;
}

function observe(): Observed {
  const [tray] = trays;
  return {
    ...happened,
    windows: windows.map(({ visible, loaded }) => ({ visible, loaded })),
    tray: tray && { toolTip: tray.toolTip, rows: allRows(tray.menu?.rows ?? []).map(({ label = '—' }) => label) },
    notifications: notifications.map(({ options: { title, body }, shown }) => ({ title, body, shown })),
  };
}

function allRows(rows: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return rows.flatMap((row) => [row, ...(Array.isArray(row.submenu) ? allRows(row.submenu) : [])]);
}

function pressRow(label: string): void {
  const row = allRows(trays[0]?.menu?.rows ?? []).find((one) => one.label === label);
  if (row?.click === undefined) throw new Error(`The tray has no row "${label}".`);
  row.click({} as never, undefined, {} as never);
}
