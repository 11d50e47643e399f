import { existsSync } from 'node:fs';
import { AppImageUpdater, type AppUpdater, type BaseUpdater, MacUpdater, NsisUpdater } from 'electron-updater';
import { RingbackError } from '../../engine/errors.ts';
import { describe, type Log } from '../../engine/log.ts';
import { updateMessages } from '../../engine/messages/index.ts';
import type { Ports, UpdateOffer, UpdateSource } from '../../engine/ports.ts';
import type { PackageFormat } from './package-format.ts';
import { type CurrentDownload, createUpdateRequests } from './requests.ts';

export interface DesktopUpdates extends UpdateSource {
  /** The last act of the application: installs what was downloaded. False where it must end by itself. */
  finish(): boolean;
}

interface DesktopUpdatesParts {
  readonly format: PackageFormat;
  /** Whether a policy of this computer turns updates off. */
  readonly forbidden: boolean;
  readonly version: string;
  readonly page: string;
  /** electron-builder's app-update.yml, which names the address of the list of versions. */
  readonly configuration: string;
  /** Where downloads are put. */
  readonly folder: string;
  readonly fetch: Ports['fetch'];
  /** Ends the application; `finish` is called last. */
  quit(): void;
  readonly log: Log;
}

const longestNotes = 20_000;

/** Updates through electron-updater; undefined where this copy of Ringback does not know where versions are listed. */
export function createDesktopUpdates(parts: DesktopUpdatesParts): DesktopUpdates | undefined {
  if (!existsSync(parts.configuration)) return undefined;
  const state: UpdateState = { downloaded: false, restarts: false };
  const updater = createUpdater(parts, () => current(state));
  return {
    mode: parts.format === 'other' ? 'notify' : 'install',
    forbidden: parts.forbidden,
    page: parts.page,
    find: (channel) => find(updater, channel, state),
    async download(progress, signal) {
      state.current = { version: state.offer?.version ?? '', progress, signal };
      await download(updater, state.current);
      state.downloaded = true;
    },
    discard() {
      state.downloaded = false;
    },
    restart() {
      state.restarts = true;
      parts.quit();
    },
    finish: () => state.downloaded && installNow(updater, state.restarts, parts.log),
  };
}

interface UpdateState {
  offer?: UpdateOffer | undefined;
  current?: CurrentDownload;
  /** Whether a version is on disk and checked. */
  downloaded: boolean;
  /** Whether Ringback starts again after the installation. */
  restarts: boolean;
}

function current({ current: download }: UpdateState): CurrentDownload {
  if (download === undefined) throw new Error('No download is in progress.');
  return download;
}

function createUpdater(parts: DesktopUpdatesParts, download: () => CurrentDownload): AppUpdater {
  const { format, version, configuration, folder, fetch, log, quit } = parts;
  const updater = new (updaterClass(format))(undefined, {
    ...{ version, name: 'Ringback', isPackaged: true, appUpdateConfigPath: configuration },
    ...{ userDataPath: folder, baseCachePath: folder, quit, relaunch: quit },
    whenReady: async () => {},
    // `finish` installs, once everything else has been closed.
    onQuit: () => {},
  });
  updater.autoDownload = false;
  // On macOS the system's updater takes the download over at once, and installs it when Ringback ends.
  updater.autoInstallOnAppQuit = format === 'macOS';
  updater.disableDifferentialDownload = true;
  // Otherwise a package that is no AppImage could not even look.
  updater.forceDevUpdateConfig = true;
  updater.logger = { info: write('debug'), warn: write('warn'), error: write('warn'), debug: write('debug') };
  // electron-updater has a second HTTP stack; all requests of Ringback go through one.
  Reflect.set(updater, 'httpExecutor', createUpdateRequests(fetch, download));
  return updater;

  function write(level: 'debug' | 'warn') {
    return (text: unknown): void => log[level]('updates', String(text));
  }
}

function updaterClass(format: PackageFormat) {
  if (format === 'macOS') return MacUpdater;
  return process.platform === 'win32' ? NsisUpdater : AppImageUpdater;
}

async function find(updater: AppUpdater, channel: 'stable' | 'beta', state: UpdateState) {
  updater.channel = channel === 'beta' ? 'beta' : 'latest';
  // Choosing a channel allows older versions; one that was rolled back is not offered.
  updater.allowDowngrade = false;
  try {
    const result = await updater.checkForUpdates();
    state.offer = result?.isUpdateAvailable ? toOffer(result.updateInfo) : undefined;
    return state.offer;
  } catch (cause) {
    if (cause instanceof RingbackError) throw cause;
    throw new RingbackError('conflict', updateMessages.feedDamaged(), { cause });
  }
}

interface ListedVersion {
  readonly version: string;
  readonly releaseDate?: string;
  readonly releaseNotes?: string | readonly { readonly note: string | null }[] | null;
}

function toOffer({ version, releaseDate, releaseNotes }: ListedVersion): UpdateOffer {
  const released = new Date(releaseDate ?? '');
  const notes =
    typeof releaseNotes === 'string' ? releaseNotes : releaseNotes?.map(({ note }) => note ?? '').join('\n');
  return {
    version,
    ...(notes ? { notes: notes.slice(0, longestNotes) } : {}),
    ...(Number.isNaN(released.getTime()) ? {} : { releasedAt: released.toISOString() }),
  };
}

async function download(updater: AppUpdater, { version }: CurrentDownload): Promise<void> {
  try {
    await updater.downloadUpdate();
  } catch (cause) {
    if (cause instanceof RingbackError) throw cause;
    const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
    const message = isFull ? updateMessages.diskFull({ version }) : updateMessages.interrupted({ version });
    throw new RingbackError('conflict', message, { cause });
  }
}

/** Gives whether the updater ends the application. */
function installNow(updater: AppUpdater, restarts: boolean, log: Log): boolean {
  try {
    if (updater instanceof MacUpdater) {
      if (restarts) updater.quitAndInstall();
      return restarts;
    }
    (updater as BaseUpdater).install(true, restarts);
  } catch (error) {
    log.error('updates', `The update could not be installed: ${describe(error)}`);
  }
  return false;
}
