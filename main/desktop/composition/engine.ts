import { join } from 'node:path';
import { app, clipboard, dialog, Notification, net, session, shell } from 'electron';
import { connectors } from '../../connectors/index.ts';
import { startSandboxBeside } from '../../demo/index.ts';
import { type Engine, openEngine } from '../../engine/index.ts';
import { describe, type Log } from '../../engine/log.ts';
import type { Cipher } from '../../engine/ports.ts';
import { createDoNotDisturbQuestion, createMeteredQuestion, readMachine } from '../../platform/index.ts';
import { sendMail } from '../../platform/mail/index.ts';
import { connectNats } from '../../platform/nats/index.ts';
import { createNetwork, trustSystemCertificates } from '../../platform/network/index.ts';
import { createFileManager } from '../file-manager.ts';
import { createOpener } from '../links.ts';
import { readLogFile } from '../log-file.ts';
import {
  createNoteAction,
  createNoteClick,
  createNotificationService,
  createNotifications,
} from '../notifications/index.ts';
import type { PendingEngine } from '../pending-engine.ts';
import {
  createDesktopUpdates,
  type DesktopUpdates,
  packageFormat,
  readPolicy,
  readReleasePage,
} from '../updates/index.ts';
import { demo, folder, language, now, platform, relaunch } from './application.ts';
import type { Foundation } from './foundation.ts';
import type { Show } from './view.ts';

type DesktopNetwork = ReturnType<typeof openNetwork>;
type DesktopNotifications = ReturnType<typeof openNotifications>;

export interface EngineParts {
  readonly foundation: Foundation;
  readonly cipher: Cipher;
  readonly network: DesktopNetwork;
  readonly notifications: DesktopNotifications;
  readonly updates: DesktopUpdates | undefined;
  readonly log: Log;
}

export async function openDesktopEngine({
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

export function openNetwork(log: Log) {
  trustSystemCertificates((error) => log.warn('desktop', `The system's certificates are not used: ${describe(error)}`));
  return createNetwork({
    system: { resolve: (url) => session.defaultSession.resolveProxy(url), environment: process.env },
  });
}

/** Undefined for the demo and for a checkout. */
export function openUpdates({ fetch }: DesktopNetwork, log: Log): DesktopUpdates | undefined {
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

export function openNotifications(engine: PendingEngine, show: Show) {
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
