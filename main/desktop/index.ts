import type { EventEmitter } from 'node:events';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
} from 'electron';
import ElectronStore from 'electron-store';
import type { Settings } from '../../preload/contract.ts';
import { connectors } from '../connectors/index.ts';
import { startTrial } from '../demo/index.ts';
import { ask } from '../engine/ask.ts';
import { type Engine, openEngine } from '../engine/index.ts';
import { createLog, describe, type Log } from '../engine/log.ts';
import { lockFolder } from '../engine/storage/index.ts';
import { createMeteredQuestion, startWakeWatch } from '../platform/index.ts';
import { createNetwork, trustSystemCertificates } from '../platform/network/index.ts';
import { startSandbox } from '../sandbox/index.ts';
import { type Opening, openChannel } from './channel.ts';
import { openCipher } from './cipher.ts';
import { createFileManager } from './file-manager.ts';
import { guardContents, guardSession } from './guard.ts';
import { applicationId } from './identity.ts';
import { createOpener } from './links.ts';
import { createLogFile } from './log-file.ts';
import { setLoginItem } from './login-item.ts';
import { createMemory } from './memory.ts';
import { applicationMenu } from './menu.ts';
import { createNoteClick } from './note-click.ts';
import { createNotificationService } from './notification-service.ts';
import { createNotifications } from './notifications.ts';
import { createPage, pageAddress, pageOrigin, pageScheme } from './page.ts';
import { createCloseQuestion, createWeakKeyQuestion } from './questions.ts';
import { startQuit } from './quit.ts';
import { openStore } from './store.ts';
import { followStrayErrors } from './stray-errors.ts';
import { startTaskbar } from './taskbar.ts';
import { openTray, trayFile } from './tray.ts';
import { hasTrayHost } from './tray-host.ts';
import { createWindow } from './window.ts';

const { platform } = process;
const trying = process.argv.includes('--sandbox');
const standardFolder = join(app.getPath('appData'), trying ? 'Ringback Sandbox' : 'Ringback');
const folder = resolve(process.env.RINGBACK_DATA_DIR || standardFolder);
/** electron-vite's development server, never in an installed application. */
const developmentAddress = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;

const origin = developmentAddress === undefined ? pageOrigin : new URL(developmentAddress).origin;
const pictures = join(app.getAppPath(), 'build', 'tray');

app.setAppUserModelId(applicationId);
app.setPath('userData', folder);
protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      dialog.showErrorBox('Ringback could not start', describe(error));
      app.exit(1);
    });
} else {
  app.quit();
}

async function start(): Promise<void> {
  const now = Date.now;
  const log = createLog(createLogFile(app.getPath('logs'), now));
  const strayErrors = followStrayErrors({ process, log });

  guard();
  const lock = lockFolder(folder);
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(platform)));

  const { store, damaged } = openStore(ElectronStore, folder, now());
  // electron-store would tell any page where the settings lie.
  ipcMain.removeAllListeners('electron-store-get-data');
  const memory = createMemory(store);
  const cipher = await openCipher({ safeStorage, platform, agree: createWeakKeyQuestion(dialog, memory) });

  const window = createWindow({
    create: (options) => new BrowserWindow(options),
    preload: join(import.meta.dirname, '../preload/bridge.cjs'),
    address: developmentAddress ?? pageAddress,
    icon: join(app.getAppPath(), 'build', 'icon.png'),
    background: () => (nativeTheme.shouldUseDarkColors ? '#242424' : '#ffffff'),
    memory,
    quitting: () => quit.begun(),
    mayClose: createCloseQuestion({
      dialog,
      hasTray: async () => tray.visible,
      quit: () => app.quit(),
    }),
    log,
  });
  const show = (opening?: Opening): void => {
    window.show();
    if (opening !== undefined) channel.open(opening);
  };
  const service = createNotificationService({ platform, environment: process.env });
  const notifications = createNotifications({
    platform,
    serviceAnswers: service.answers,
    failed: service.forget,
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    clicked: (note) => void clickNote(note),
  });

  const sandbox = trying ? await startSandbox() : undefined;
  trustSystemCertificates((error) => log.warn('desktop', `The system's certificates are not used: ${describe(error)}`));
  const network = createNetwork({
    system: { resolve: (url) => session.defaultSession.resolveProxy(url), environment: process.env },
  });
  const metered = createMeteredQuestion(platform);
  const engine = await openEngine({
    ports: {
      folder,
      version: app.getVersion(),
      desktop: true,
      store,
      cipher,
      ...{ fetch: network.fetch, fetchFile: network.fetchFile, setProxy: network.setProxy },
      notify: notifications.notify,
      open: createOpener(shell),
      ...createFileManager({ dialog, shell, platform }),
      ...(trying ? {} : { backupFolder: join(app.getPath('documents'), 'Ringback') }),
      online: () => net.isOnline(),
      ...(metered === undefined ? {} : { metered }),
      now,
      log: ({ level, scope, text }) => log[level](scope, text),
    },
    connectors,
    sandbox: trying,
  });
  strayErrors.report(engine.warn);
  if (damaged !== undefined)
    engine.warn(`The settings file was damaged. It was set aside as ${damaged}, and a new one begun.`);

  const clickNote = createNoteClick({ engine, show });
  const channel = openChannel({ ipcMain, engine, contents: window.contents, origin });
  const tray = await openTray({
    hasHost: () => hasTrayHost(platform, process.env),
    create: (picture) => new Tray(picture),
    picture: (state) => nativeImage.createFromPath(join(pictures, trayFile(state, platform))),
    menu: (rows) => Menu.buildFromTemplate(rows),
    engine,
    actions: {
      open: (event) => show(event === undefined ? undefined : { type: 'open', event }),
      backUp(connection) {
        ask(engine, 'backups.start', { connection }).catch(({ message }: Error) => {
          engine.warn(message);
          show({ type: 'open-backups' });
        });
      },
      quit: () => app.quit(),
    },
    opensOnClick: platform !== 'darwin',
    now,
  });
  const endPower = followPower(engine);
  const endTaskbar = startTaskbar({ engine, setProgress: window.setProgress });
  const quit = startQuit({
    app,
    log,
    patience: 10_000,
    async close() {
      tray.close();
      endTaskbar();
      endPower();
      notifications.close();
      channel.close();
      await engine.close();
      await network.close();
      await sandbox?.stop();
      lock.release();
    },
  });

  app.on('second-instance', (_event, words) => words.includes('--hidden') || show());
  app.on('activate', () => show());
  app.on('window-all-closed', () => {});
  await followLoginItem(engine, log);
  if (sandbox !== undefined)
    startTrial({ engine, sandbox, patience: 15_000 }).catch(({ message }: Error) => engine.warn(message));
  if (!startsHidden()) show();
}

/** No page leaves its place, opens another, gets a permission or reaches a network. */
function guard(): void {
  const development = developmentAddress === undefined ? [] : [developmentAddress, 'ws:', 'devtools:'];
  guardSession(session.defaultSession, [`${origin}/`, 'data:', ...development]);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  protocol.handle(pageScheme, createPage(join(import.meta.dirname, '../renderer')));
}

/** Electron documents the event that its types leave out. Without `preventDefault` the system does not wait until Ringback has closed. */
function quitBeforeShutdown(event: { preventDefault(): void }): void {
  event.preventDefault();
  app.quit();
}

/** Returns what ends it. */
function followPower(engine: Engine): () => void {
  powerMonitor.on('resume', () => engine.wake());
  powerMonitor.on('unlock-screen', () => engine.wake());
  (powerMonitor as EventEmitter).on('shutdown', quitBeforeShutdown);
  return startWakeWatch({ wake: () => engine.wake(), now: Date.now, online: () => net.isOnline() });
}

/** Keeps the login item as the settings say; the sandbox and a checkout leave the user's session alone. */
async function followLoginItem(engine: Engine, log: Log): Promise<void> {
  if (trying || !app.isPackaged) return;
  const parts = { app, platform, environment: process.env, command: [process.execPath], home: homedir() };
  const apply = ({ startAtLogin }: Settings) =>
    setLoginItem(startAtLogin, parts).catch((error: unknown) => log.warn('desktop', `Login item: ${describe(error)}`));
  engine.listen((change) => change.type === 'settings' && apply(change.settings));
  await apply(await ask(engine, 'settings.get', {}));
}

function startsHidden(): boolean {
  return process.argv.includes('--hidden') || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
