import { app, dialog, protocol } from 'electron';
import { chooseLanguage } from '../../preload/languages/index.ts';
import { startDesktopDemo } from '../demo/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { createLog, describe } from '../engine/log.ts';
import { causeMessage, translateMessage } from '../engine/messages/index.ts';
import { prepareDataFolder } from '../engine/storage/index.ts';
import { hasDisplay } from '../platform/index.ts';
import { startSandbox } from '../sandbox/index.ts';
import { followStarts } from './command-line.ts';
import {
  commandLine,
  type DesktopState,
  demo,
  folder,
  language,
  loginItemParts,
  now,
  openDesktopEngine,
  openFoundation,
  openKeyStore,
  openNetwork,
  openNotifications,
  openShell,
  openUpdates,
  openView,
  ownsSession,
  platform,
} from './composition/index.ts';
import { applicationId } from './identity.ts';
import { createLogFile } from './log-file.ts';
import { followLoginItem } from './login-item.ts';
import { desktopMessages, say } from './messages.ts';
import { pageScheme } from './page.ts';
import { createPendingEngine } from './pending-engine.ts';
import { followQuit } from './quit.ts';
import { followStrayErrors, logProcessCrashes } from './stray-errors.ts';

// Chromium needs a display and crashes without one, after the main process has started.
if (!hasDisplay({ platform, environment: process.env, parameters: process.argv })) {
  const systemLanguage = chooseLanguage(undefined, [process.env.LANG ?? '']);
  process.stderr.write(`${say(desktopMessages.noDisplay(), systemLanguage)}\n`);
  process.exit(1);
}

// Files that Ringback creates are readable by this user only.
process.umask(0o077);
if (platform === 'win32') app.setAppUserModelId(applicationId);
app.setPath('userData', folder);
protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

const starts = followStarts(app);

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

/** Opens the parts in this order: the window, the key store, the engine. */
async function start(): Promise<void> {
  // The desktop files of the deb package and the AppImage register the scheme of links.
  if (app.isPackaged && !demo && platform !== 'linux') app.setAsDefaultProtocolClient(pageScheme);
  const folderRemark = prepareDataFolder(folder);
  const log = createLog(createLogFile(app.getPath('logs'), now));
  const strayErrors = followStrayErrors({ process, log });
  logProcessCrashes(app, log);
  const foundation = openFoundation(log);
  const pending = createPendingEngine();
  const state: DesktopState = { quitting: followQuit(app), trayVisible: () => false };
  const view = openView(foundation, pending, state, log);
  if (!startsHidden()) view.show(commandLine.opening);
  starts.deliverTo(view.show);

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
    startDesktopDemo({ engine, sandbox, timeout: 15_000 }).catch((error: Error) => engine.warn(causeMessage(error)));
}

function startsHidden(): boolean {
  if (commandLine.opening !== undefined) return false;
  return commandLine.hidden || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
