import { existsSync } from 'node:fs';
import { type AppUpdater, type BaseUpdater, MacUpdater, NsisUpdater } from 'electron-updater';
import { z } from 'zod';
import { RingbackError } from '../../engine/errors.ts';
import { describe, type Log } from '../../engine/log.ts';
import { type Message, updateMessages } from '../../engine/messages/index.ts';
import type { Ports, UpdateOffer, UpdateSource } from '../../engine/ports.ts';
import { removeLeftCopies, SafeAppImageUpdater } from './app-image.ts';
import { type Attempt, createAttempt } from './attempt.ts';
import type { PackageFormat } from './package-format.ts';
import { type CurrentDownload, createUpdateRequests } from './requests.ts';

export interface DesktopUpdates extends UpdateSource {
  /** Called last: installs the downloaded version. False where the application must end itself. */
  finish(): boolean;
  /** Returns a message once where the version that the previous run started to install is not running. */
  takeFailure(): Message | undefined;
}

interface DesktopUpdatesParts {
  readonly format: PackageFormat;
  /** Whether a policy of this computer turns updates off. */
  readonly forbidden: boolean;
  readonly version: string;
  readonly page: string;
  /** The path of electron-builder's app-update.yml, which contains the URL of the list of versions. */
  readonly configuration: string;
  /** The folder of downloads. */
  readonly folder: string;
  readonly fetch: Ports['fetch'];
  /** Ends the application, which calls `finish` last. */
  quit(): void;
  /** Starts this version again after the application has ended. */
  relaunch(): void;
  readonly log: Log;
}

const longestNotes = 20_000;

/** Updates through electron-updater; undefined where this copy of Ringback has no URL of a list of versions. */
export function createDesktopUpdates(parts: DesktopUpdatesParts): DesktopUpdates | undefined {
  if (!existsSync(parts.configuration)) return undefined;
  const state: UpdateState = { downloaded: false, restarts: false };
  const updater = createUpdater(parts, () => current(state));
  const attempt = createAttempt(parts.folder, parts.version);
  return {
    mode: parts.format === 'other' ? 'notify' : 'install',
    forbidden: parts.forbidden,
    page: parts.page,
    async find(channel) {
      state.found = await (channel === 'beta' ? findNewest(updater, parts) : find(updater, 'latest'));
      return state.found?.offer;
    },
    async download(progress, signal) {
      state.current = { version: versionOf(state), largest: state.found?.largest, progress, signal };
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
    finish: () => state.downloaded && installNow({ updater, state, attempt, parts }),
    takeFailure() {
      if (parts.format === 'AppImage') removeLeftCopies();
      return attempt.takeFailure();
    },
  };
}

interface UpdateState {
  found?: FoundVersion | undefined;
  current?: CurrentDownload;
  /** Whether a version was downloaded and verified. */
  downloaded: boolean;
  /** Whether Ringback starts again after the installation. */
  restarts: boolean;
}

interface FoundVersion {
  readonly offer: UpdateOffer;
  /** Bytes of its largest file, where the list contains sizes. */
  readonly largest: number | undefined;
}

const versionOf = ({ found }: UpdateState): string => found?.offer.version ?? '';
const neverDownloads = (): CurrentDownload => current({ downloaded: false, restarts: false });

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
    // `finish` installs after everything else has been closed.
    onQuit: () => {},
  });
  updater.autoDownload = false;
  // On macOS the system's updater takes over the download immediately and installs it when Ringback ends.
  updater.autoInstallOnAppQuit = format === 'macOS';
  updater.disableDifferentialDownload = true;
  // Otherwise electron-updater does not check for updates unless it runs from an AppImage.
  updater.forceDevUpdateConfig = true;
  updater.logger = { info: write('debug'), warn: write('warn'), error: write('warn'), debug: write('debug') };
  // electron-updater has its own HTTP client; all requests of Ringback use one.
  Reflect.set(updater, 'httpExecutor', createUpdateRequests(fetch, download));
  return updater;

  function write(level: 'debug' | 'warn') {
    return (text: unknown): void => log[level]('updates', String(text));
  }
}

function updaterClass(format: PackageFormat) {
  if (format === 'macOS') return MacUpdater;
  return process.platform === 'win32' ? NsisUpdater : SafeAppImageUpdater;
}

type List = 'latest' | 'beta';

/** The version in this list, where it is newer; it becomes the one to download. */
async function find(updater: AppUpdater, list: List): Promise<FoundVersion | undefined> {
  updater.channel = list;
  // Setting a channel allows downgrades: where a version was withdrawn, an older one would be offered.
  updater.allowDowngrade = false;
  try {
    const result = await updater.checkForUpdates();
    return result?.isUpdateAvailable ? readVersion(result.updateInfo) : undefined;
  } catch (cause) {
    if (cause instanceof RingbackError) throw cause;
    throw new RingbackError('conflict', updateMessages.feedDamaged(), { cause });
  }
}

/** The newest version; for testers of beta versions the newer one of both lists, also where one of them cannot be read. */
async function findNewest(updater: AppUpdater, parts: DesktopUpdatesParts): Promise<FoundVersion | undefined> {
  const [stable, beta] = [await attempted(find(updater, 'latest')), await attempted(find(updater, 'beta'))];
  if ('error' in stable && 'error' in beta) throw stable.error;
  for (const { error } of [stable, beta]) if (error) parts.log.warn('updates', describe(error));
  if (stable.found === undefined || (beta.found && isNewer(beta.found, stable.found, parts))) return beta.found;
  return await find(updater, 'latest');
}

interface Attempted {
  readonly found?: FoundVersion | undefined;
  readonly error?: unknown;
}

const attempted = (search: Promise<FoundVersion | undefined>): Promise<Attempted> =>
  search.then(
    (found) => ({ found }),
    (error: unknown) => ({ error }),
  );

/** Compares two versions through electron-updater, to which one is passed as its current version. */
function isNewer(one: FoundVersion, other: FoundVersion, parts: DesktopUpdatesParts): boolean {
  const { currentVersion } = createUpdater({ ...parts, version: other.offer.version }, neverDownloads);
  return (currentVersion as { compare(other: string): number }).compare(one.offer.version) < 0;
}

/** A version in the list, of which only the number was validated. */
type ListedVersion = Readonly<Partial<Record<'releaseDate' | 'releaseNotes' | 'files', unknown>>> & {
  readonly version: string;
};

function readVersion({ version, releaseDate, releaseNotes, files }: ListedVersion): FoundVersion {
  const released = new Date(typeof releaseDate === 'string' ? releaseDate : '');
  const notes = readNotes(releaseNotes);
  const sizes = z.array(z.object({ size: z.int().positive() })).safeParse(files);
  return {
    offer: {
      version,
      ...(notes ? { notes: notes.slice(0, longestNotes) } : {}),
      ...(Number.isNaN(released.getTime()) ? {} : { releasedAt: released.toISOString() }),
    },
    largest: sizes.success ? Math.max(...sizes.data.map(({ size }) => size)) : undefined,
  };
}

/** The notes are a text, or one for each version since the current one. */
function readNotes(notes: unknown): string {
  const parsed = z
    .union([z.string().transform((note) => [{ note }]), z.array(z.object({ note: z.string() }))])
    .safeParse(notes);
  return parsed.success ? parsed.data.map(({ note }) => note).join('\n') : '';
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

interface Installation {
  readonly updater: AppUpdater;
  readonly state: UpdateState;
  readonly attempt: Attempt;
  readonly parts: Pick<DesktopUpdatesParts, 'log' | 'relaunch'>;
}

/** Starts the installation; returns whether the updater ends the application. */
function installNow({ updater, state, attempt, parts }: Installation): boolean {
  const { restarts } = state;
  attempt.begin(state.current?.version ?? '');
  try {
    if (updater instanceof MacUpdater) {
      if (restarts) updater.quitAndInstall();
      return restarts;
    }
    if ((updater as BaseUpdater).install(true, restarts)) return false;
    parts.log.error('updates', 'The update could not be installed.');
  } catch (error) {
    parts.log.error('updates', `The update could not be installed: ${describe(error)}`);
  }
  if (restarts) parts.relaunch();
  return false;
}
