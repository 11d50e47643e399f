import { join } from 'node:path';
import { app, Menu, nativeImage, net, powerMonitor, Tray } from 'electron';
import { openControlEndpoint } from '../../control/index.ts';
import { ask } from '../../engine/ask.ts';
import type { Engine } from '../../engine/index.ts';
import { causeMessage } from '../../engine/messages/index.ts';
import type { startSandbox } from '../../sandbox/index.ts';
import { deleteData } from '../forget.ts';
import { followPower } from '../power.ts';
import { startQuit } from '../quit.ts';
import { startTaskbar } from '../taskbar.ts';
import { hasTrayHost, openTray, type RingbackTray, trayFile } from '../tray/index.ts';
import { folder, now, platform } from './application.ts';
import type { EngineParts } from './engine.ts';
import type { DesktopState, Show, View } from './view.ts';

const pictures = join(app.getAppPath(), 'build', 'tray');
/** Milliseconds. */
const quitTimeout = 10_000;

interface ShellParts extends Omit<EngineParts, 'cipher'> {
  readonly engine: Engine;
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>> | undefined;
  readonly view: View;
  readonly state: DesktopState;
}

/** Opens everything that needs the engine, and closes it at the end. */
export async function openShell(parts: ShellParts): Promise<void> {
  const { engine, foundation, network, notifications, updates, sandbox, view, log } = parts;
  const opening = openSurroundings(parts);
  // The engine already accepts requests, and one of them may quit the application before the rest is open.
  startQuit({
    ...{ app, log, timeout: quitTimeout },
    async close() {
      const { control, tray, endPower, endTaskbar } = await opening;
      tray.close();
      endTaskbar();
      endPower();
      notifications.close();
      view.close();
      await control.close();
      await engine.close();
      await network.close();
      await sandbox?.stop();
      foundation.lock.release();
      app.releaseSingleInstanceLock();
    },
    finish() {
      if (!foundation.forgotten()) return updates?.finish() ?? false;
      deleteData(folder);
      return false;
    },
  });
  await opening;
}

/** The command line's endpoint, the tray, the system's power and the taskbar. */
async function openSurroundings({ engine, view, state, log }: ShellParts) {
  const control = await openControlEndpoint({
    ...{ engine, folder, version: app.getVersion(), desktop: true, log, platform },
    show: () => view.show(),
  });
  const tray = await openTrayIcon(engine, view.show);
  state.trayVisible = () => tray.visible;
  const endPower = followPower({ powerMonitor, engine, online: () => net.isOnline(), quit: () => app.quit() });
  const endTaskbar = startTaskbar({ engine, setProgress: view.setProgress });
  return { control, tray, endPower, endTaskbar };
}

function openTrayIcon(engine: Engine, show: Show): Promise<RingbackTray> {
  const warn = (error: Error): void => engine.warn(causeMessage(error));
  return openTray({
    languages: () => app.getPreferredSystemLanguages(),
    hasHost: () => hasTrayHost(platform, process.env),
    create: (picture) => new Tray(picture),
    picture: (state) => nativeImage.createFromPath(join(pictures, trayFile(state, platform))),
    menu: (rows) => Menu.buildFromTemplate(rows),
    engine,
    actions: {
      open: (event) => show(event === undefined ? undefined : { type: 'open', event }),
      openJob: (job) => show({ type: 'open-job', job }),
      openUpdates: () => show({ type: 'open-page', page: 'settings' }),
      saveSupportFile: () => void ask(engine, 'support.save', {}).catch(warn),
      backUp(connection) {
        ask(engine, 'backups.start', { connection }).catch((error: Error) => {
          warn(error);
          show({ type: 'open-backups' });
        });
      },
      quit: () => app.quit(),
    },
    opensOnClick: platform !== 'darwin',
    now,
  });
}
