import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
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
  screen,
  session,
  shell,
  Tray,
} from 'electron';
import addContextMenu from 'electron-context-menu';
import ElectronStore from 'electron-store';
import { chooseLanguage, type Language } from '../../preload/languages/index.ts';
import { connectors } from '../connectors/index.ts';
import { openControlEndpoint } from '../control/index.ts';
import { startSandboxBeside, startTrial } from '../demo/index.ts';
import { ask } from '../engine/ask.ts';
import { RingbackError } from '../engine/errors.ts';
import { type Engine, openEngine } from '../engine/index.ts';
import { createLog, describe, type Log } from '../engine/log.ts';
import { translateMessage } from '../engine/messages/index.ts';
import type { Cipher } from '../engine/ports.ts';
import { lockFolder, prepareDataFolder } from '../engine/storage/index.ts';
import { createDoNotDisturbQuestion, createMeteredQuestion, hasDisplay, readMachine } from '../platform/index.ts';
import { sendMail } from '../platform/mail/index.ts';
import { connectNats } from '../platform/nats/index.ts';
import { createNetwork, trustSystemCertificates } from '../platform/network/index.ts';
import { startSandbox } from '../sandbox/index.ts';
import { type Opening, openChannel } from './channel.ts';
import { isKeyWeak, needsKeyStore, openCipher } from './cipher.ts';
import { followLinks, readCommandLine } from './command-line.ts';
import { createFileManager } from './file-manager.ts';
import { deleteData } from './forget.ts';
import { guardContents, guardSession } from './guard.ts';
import { applicationId } from './identity.ts';
import { waitForKeyStore } from './key-store-wait.ts';
import { createOpener } from './links.ts';
import { createLogFile, readLogFile } from './log-file.ts';
import { followLoginItem, setLoginItem } from './login-item.ts';
import { createMemory } from './memory.ts';
import { contextMenu, openMenus } from './menu.ts';
import { desktopMessages, say } from './messages.ts';
import {
  createNoteAction,
  createNoteClick,
  createNotificationService,
  createNotifications,
} from './notifications/index.ts';
import { createPage, pageAddress, pageOrigin, pageScheme } from './page.ts';
import { createPendingEngine, type PendingEngine } from './pending-engine.ts';
import { followPower } from './power.ts';
import { createCloseQuestion, createKeyStoreQuestion, createWeakKeyQuestion } from './questions.ts';
import { startQuit } from './quit.ts';
import { openStore } from './store.ts';
import { followStrayErrors } from './stray-errors.ts';
import { startTaskbar } from './taskbar.ts';
import { hasTrayHost, openTray, type RingbackTray, trayFile } from './tray/index.ts';
import {
  createDesktopUpdates,
  type DesktopUpdates,
  packageFormat,
  readPolicy,
  readReleasePage,
} from './updates/index.ts';
import { createWindow } from './window.ts';
import { workAreas } from './window-bounds.ts';

const { platform } = process;
const commandLine = readCommandLine(process.argv.slice(1));
const demo = commandLine.sandbox;
const standardFolder = join(app.getPath('appData'), demo ? 'Ringback Sandbox' : 'Ringback');
const folder = resolve(process.env.RINGBACK_DATA_DIR || standardFolder);
/** electron-vite's development server, never in an installed application. */
const developmentAddress = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;

const origin = developmentAddress === undefined ? pageOrigin : new URL(developmentAddress).origin;
const applicationIcon = join(app.getAppPath(), 'build', 'icon.png');
const pictures = join(app.getAppPath(), 'build', 'tray');
const now = Date.now;
/** Milliseconds. */
const keyStoreTimeout = 20_000;
const quitTimeout = 10_000;

// The main process runs before Chromium looks for a display, and crashes without one.
if (!hasDisplay({ platform, environment: process.env, parameters: process.argv })) {
  const language = chooseLanguage(undefined, [process.env.LANG ?? '']);
  process.stderr.write(`${say(desktopMessages.noDisplay(), language)}\n`);
  process.exit(1);
}

// What Ringback writes is for this user alone.
process.umask(0o077);
if (platform === 'win32') app.setAppUserModelId(applicationId);
app.setPath('userData', folder);
protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const links = followLinks(app);
/** The one of the system until the settings have been read; then as it is chosen now, also before the engine is open. */
let language = (): Language => chooseLanguage(undefined, app.getPreferredSystemLanguages());

if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      const isExpected = error instanceof RingbackError;
      const text = isExpected ? translateMessage(language(), error.reason, error.message) : describe(error);
      dialog.showErrorBox(say(desktopMessages.couldNotStart(), language()), text);
      app.exit(1);
    });
} else {
  app.quit();
}

/** The order in which the parts open: what the user sees first, then the key store, then the engine. */
async function start(): Promise<void> {
  // Debian's and AppImage's desktop files name the scheme of links themselves.
  if (app.isPackaged && !demo && platform !== 'linux') app.setAsDefaultProtocolClient(pageScheme);
  const folderRemark = prepareDataFolder(folder);
  const log = createLog(createLogFile(app.getPath('logs'), now));
  const strayErrors = followStrayErrors({ process, log });
  const foundation = openFoundation();
  const pending = createPendingEngine();
  const state: DesktopState = { quitting: () => false, trayVisible: () => false };
  const view = openView(foundation, pending, state, log);
  if (!startsHidden()) view.show(commandLine.opening);
  links.deliverTo(view.show);

  const cipher = await openKeyStore(foundation);
  const sandbox = demo ? await startSandbox() : undefined;
  const network = openNetwork(log);
  const notifications = openNotifications(pending, view.show);
  const updates = openUpdates(network, log);
  const engine = await openDesktopEngine({ foundation, cipher, network, notifications, updates, log });
  pending.resolve(engine);
  strayErrors.report(engine.warn);
  if (foundation.warning !== undefined) engine.warn(foundation.warning);
  if (folderRemark) engine.warn(folderRemark);
  const notInstalled = updates?.takeFailure();
  if (notInstalled) engine.warn(notInstalled);
  engine.listen((change) => change.type === 'settings' && foundation.refreshMenus());

  await openShell({ engine, foundation, network, notifications, updates, sandbox, view, state, log });
  if (ownsSession()) await followLoginItem(engine, loginItemParts(), log);
  if (sandbox !== undefined)
    startTrial({ engine, sandbox, timeout: 15_000 }).catch(({ message }: Error) => engine.warn(message));
}

interface ShellParts extends Omit<EngineParts, 'cipher'> {
  readonly engine: Engine;
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>> | undefined;
  readonly view: ReturnType<typeof openView>;
  readonly state: DesktopState;
}

/** What surrounds the open engine, and the end of it all. */
async function openShell(parts: ShellParts): Promise<void> {
  const { engine, foundation, network, notifications, updates, sandbox, view, state, log } = parts;
  const opening = openSurroundings(parts);
  // The engine answers already, and may be asked to end the application before all is open.
  const quit = startQuit({
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
  state.quitting = quit.started;
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

type Show = (opening?: Opening) => void;
type Foundation = ReturnType<typeof openFoundation>;
type DesktopNetwork = ReturnType<typeof openNetwork>;
type DesktopNotifications = ReturnType<typeof openNotifications>;

/** What the window asks about parts that open after it. */
interface DesktopState {
  quitting(): boolean;
  trayVisible(): boolean;
}

/** The cipher over the system's key store, once that has answered. */
async function openKeyStore({ memory }: Foundation): Promise<Cipher> {
  const quit = (): void => app.quit();
  const opening = isKeyWeak({ safeStorage, platform });
  const weak = await waitForKeyStore(opening, { dialog, quit, timeout: keyStoreTimeout, language: language() });
  const restart = (): void => {
    relaunch();
    app.quit();
  };
  return openCipher({
    ...{ safeStorage, platform, weak },
    needsKeyStore: needsKeyStore(join(folder, 'settings.json')),
    continueWithout: createKeyStoreQuestion({ dialog, restart, quit, language: language() }),
    agree: createWeakKeyQuestion({ dialog, memory, again: commandLine.asksKeyStore, language: language() }),
  });
}

/** The rules for pages, the lock of the data folder, the menu and the settings file. */
function openFoundation() {
  guard();
  const lock = lockFolder(folder);
  const { store, warning } = openStore(ElectronStore, folder, now);
  // electron-store would tell any page where the settings lie.
  ipcMain.removeAllListeners('electron-store-get-data');
  let forgotten = false;
  const forget = (): void => {
    forgotten = true;
    const loginItem = ownsSession() ? setLoginItem(false, loginItemParts()) : Promise.resolve();
    void loginItem.catch(() => {}).then(() => app.quit());
  };
  language = () => {
    const { language: choice } = (store.get('settings') ?? {}) as { readonly language?: string };
    return chooseLanguage(choice, app.getPreferredSystemLanguages());
  };
  const refreshMenus = openMenus({ app, Menu, platform, icon: applicationIcon, language });
  addContextMenu(contextMenu(language));
  const memory = createMemory(store);
  return { lock, store, warning, memory, forget, forgotten: () => forgotten, refreshMenus };
}

/** The window and what it says to the engine. */
function openView({ memory }: Foundation, engine: PendingEngine, state: DesktopState, log: Log) {
  const window = createWindow({
    create: (options) => new BrowserWindow(options),
    preload: join(import.meta.dirname, '../preload/bridge.cjs'),
    address: developmentAddress ?? pageAddress,
    icon: applicationIcon,
    background: () => (nativeTheme.shouldUseDarkColors ? '#242424' : '#ffffff'),
    memory,
    screens: () => workAreas(screen),
    quitting: () => state.quitting(),
    mayClose: createCloseQuestion({
      ...{ dialog, language },
      hasTray: async () => state.trayVisible(),
      quit: () => app.quit(),
    }),
    log,
  });
  const channel = openChannel({ ipcMain, engine, contents: window.contents, origin });
  const show: Show = (opening) => {
    window.show();
    if (opening !== undefined) channel.open(opening);
  };
  app.on('second-instance', (_event, parameters) => {
    const { hidden, opening } = readCommandLine(parameters);
    if (!hidden || opening !== undefined) show(opening);
  });
  app.on('activate', () => show());
  app.on('window-all-closed', () => {});
  return { show, setProgress: window.setProgress, close: () => channel.close() };
}

function openNetwork(log: Log) {
  trustSystemCertificates((error) => log.warn('desktop', `The system's certificates are not used: ${describe(error)}`));
  return createNetwork({
    system: { resolve: (url) => session.defaultSession.resolveProxy(url), environment: process.env },
  });
}

/** None for the demo and for a checkout. */
function openUpdates({ fetch }: DesktopNetwork, log: Log): DesktopUpdates | undefined {
  if (demo || !app.isPackaged) return undefined;
  const system = { platform, environment: process.env };
  return createDesktopUpdates({
    format: packageFormat({ ...system, program: process.execPath }),
    forbidden: !readPolicy(system).updates,
    version: app.getVersion(),
    page: readReleasePage(app.getAppPath()),
    configuration: join(process.resourcesPath, 'app-update.yml'),
    folder: join(folder, 'updates'),
    ...{ fetch, log },
    quit: () => app.quit(),
    relaunch,
  });
}

/** Has Ringback start again once it has ended. An AppImage's program is gone by then: its file is started. */
function relaunch(): void {
  const { APPIMAGE: execPath } = process.env;
  app.relaunch(execPath ? { execPath } : {});
}

function openNotifications(engine: PendingEngine, show: Show) {
  const service = createNotificationService({ platform, environment: process.env, now });
  const clicked = createNoteClick({ engine, show });
  const chosen = createNoteAction({ engine, clicked, copy: (text) => clipboard.writeText(text) });
  return createNotifications({
    platform,
    serviceAnswers: service.answers,
    failed: service.forget,
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    clicked: (note) => void clicked(note),
    chosen: (note, action) => void chosen(note, action),
  });
}

function ownProgram(): Parameters<typeof startSandboxBeside>[0] {
  const { execPath: program, argv, env: environment } = process;
  return { program, parameters: argv.slice(1), environment, source: app.isPackaged ? undefined : app.getAppPath() };
}

interface EngineParts {
  readonly foundation: Foundation;
  readonly cipher: Cipher;
  readonly network: DesktopNetwork;
  readonly notifications: DesktopNotifications;
  readonly updates: DesktopUpdates | undefined;
  readonly log: Log;
}

async function openDesktopEngine({
  foundation,
  cipher,
  network,
  notifications,
  updates,
  log,
}: EngineParts): Promise<Engine> {
  const metered = createMeteredQuestion(platform);
  const doNotDisturb = createDoNotDisturbQuestion({ platform, environment: process.env, now });
  const machine = await readMachine(platform);
  return openEngine({
    ports: {
      folder,
      version: app.getVersion(),
      desktop: true,
      languages: () => app.getPreferredSystemLanguages(),
      store: foundation.store,
      cipher,
      ...{ fetch: network.fetch, fetchFile: network.fetchFile },
      connectBroker: connectNats,
      sendMail,
      ...{ setProxy: network.setProxy, findProxy: network.findProxy },
      notify: notifications.notify,
      open: createOpener(shell),
      ...createFileManager({
        ...{ dialog, shell, platform },
        documents: app.getPath('documents'),
        language,
      }),
      forget: foundation.forget,
      startSandbox: () => startSandboxBeside(ownProgram()),
      readLog: () => readLogFile(app.getPath('logs')),
      ...(demo ? {} : { backupFolder: join(app.getPath('documents'), 'Ringback') }),
      online: () => net.isOnline(),
      ...(metered === undefined ? {} : { metered }),
      ...(doNotDisturb === undefined ? {} : { doNotDisturb }),
      ...(machine === undefined ? {} : { machine }),
      ...(updates === undefined ? {} : { updates }),
      now,
      log: ({ level, scope, text }) => log[level](scope, text),
    },
    connectors,
    sandbox: demo,
  });
}

function openTrayIcon(engine: Engine, show: Show): Promise<RingbackTray> {
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
      saveSupportFile: () => void ask(engine, 'support.save', {}).catch(({ message }: Error) => engine.warn(message)),
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
}

/** No page navigates, opens another, gets a permission or reaches a network. */
function guard(): void {
  const development = developmentAddress === undefined ? [] : [developmentAddress, 'ws:', 'devtools:'];
  guardSession(session.defaultSession, [`${origin}/`, 'data:', ...development]);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  protocol.handle(pageScheme, createPage(join(import.meta.dirname, '../renderer')));
}

/** Whether this copy may change what starts with the user's session: not the demo, nor a checkout. */
function ownsSession(): boolean {
  return app.isPackaged && !demo;
}

function loginItemParts() {
  return { app, platform, environment: process.env, command: [process.execPath], home: homedir() };
}

function startsHidden(): boolean {
  if (commandLine.opening !== undefined) return false;
  return commandLine.hidden || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
