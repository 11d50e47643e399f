import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import type { SettingsChange } from '../../preload/contract/index.ts';
import { RingbackError } from '../engine/errors.ts';
import type { Message } from '../engine/messages/index.ts';
import type { ReceiverAccess } from '../engine/ports.ts';
import { headlessMessages } from './messages.ts';
import { readSettings, settingVariables, type Variables } from './settings-variables.ts';

type LogFormat = 'text' | 'json';

/** The descriptions of the variables for `--help`. */
export const environmentVariables: readonly (readonly [name: string, meaning: string])[] = [
  [
    'RINGBACK_CONFIG',
    'a file with more of these variables, one NAME=value a line; `ringback.env` in the data folder by default',
  ],
  ['RINGBACK_DATA_DIR', "data folder; by default `ringback-headless` in the user's folder for application data"],
  ['RINGBACK_PORT', 'port of the window and the API on 127.0.0.1; any free port by default'],
  ['RINGBACK_BACKUP_DIR', 'where backups go; `backups` in the data folder by default'],
  ['RINGBACK_KEYRING', '`off` encrypts secrets with a key file in the data folder instead of the keyring'],
  ['RINGBACK_LOG', 'format of the log on standard error: `text` (the default) or `json`'],
  ['RINGBACK_SANDBOX', '`1` starts the simulators too'],
  [
    'RINGBACK_NOTIFY_COMMAND',
    'a program that is run for each notification, with JSON on its standard input; or `notify-send`',
  ],
  ['RINGBACK_RECEIVER_BIND', 'address at which callbacks are received beside 127.0.0.1; `0.0.0.0` or `::` is all'],
  ['RINGBACK_RECEIVER_HEALTH', "`1` answers `GET /healthz` on the receiver's port: 200 while callbacks are accepted"],
  ...settingVariables,
];

/** The parsed environment variables. */
export interface Environment {
  /** The data folder (RINGBACK_DATA_DIR), by default in the system's folder for application data. */
  readonly folder: string;
  /** The folder of backups (RINGBACK_BACKUP_DIR), by default "backups" in the data folder. */
  readonly backupFolder?: string;
  /** Loopback port of window and API (RINGBACK_PORT); 0 = any free port. */
  readonly port: number;
  /** The program that is run for each notification (RINGBACK_NOTIFY_COMMAND). */
  readonly notifyCommand?: string;
  /** Which addresses the receiver listens on (RINGBACK_RECEIVER_BIND), and its health check (RINGBACK_RECEIVER_HEALTH). */
  readonly receiver: ReceiverAccess;
  /** Changes of the settings. */
  readonly settings: SettingsChange;
  /** Format of the log (RINGBACK_LOG). */
  readonly log: LogFormat;
  /** Starts the simulators of the providers, too (RINGBACK_SANDBOX=1). */
  readonly sandbox: boolean;
  /** Shows step by step what Ringback does, in the sandbox (RINGBACK_TOUR=1). */
  readonly walkthrough: boolean;
  /** Whether the key is stored in the system's keyring where it has one; RINGBACK_KEYRING=off turns that off. */
  readonly keyring: boolean;
}

/** A path, made absolute, or the name of a program, which is searched when it is run. */
function programIn(text: string): string {
  const path = resolve(text);
  return /[\\/]/.test(text) || existsSync(path) ? path : text;
}

/**
 * Parses the variables. Throws invalid-input that names the wrong variable. Without RINGBACK_DATA_DIR, the sandbox has
 * its own data folder and never uses the user's.
 */
export function readEnvironment(variables: Variables): Environment {
  const walkthrough = isOn(variables, 'RINGBACK_TOUR');
  const sandbox = walkthrough || isOn(variables, 'RINGBACK_SANDBOX');
  // The folder "Ringback" is the desktop application's, which encrypts secrets differently.
  const standard = envPaths(sandbox ? 'ringback-headless-sandbox' : 'ringback-headless', { suffix: '' }).data;
  return {
    folder: resolve(variables.RINGBACK_DATA_DIR || standard),
    ...(variables.RINGBACK_BACKUP_DIR ? { backupFolder: resolve(variables.RINGBACK_BACKUP_DIR) } : {}),
    port: portIn('RINGBACK_PORT', variables.RINGBACK_PORT || '0'),
    ...(variables.RINGBACK_NOTIFY_COMMAND ? { notifyCommand: programIn(variables.RINGBACK_NOTIFY_COMMAND) } : {}),
    receiver: receiverAccessIn(variables),
    settings: readSettings(variables),
    log: logFormatIn(variables.RINGBACK_LOG || 'text'),
    sandbox,
    walkthrough,
    keyring: !/^(off|0|no|false)$/i.test(variables.RINGBACK_KEYRING ?? ''),
  };
}

function receiverAccessIn(variables: Variables): ReceiverAccess {
  const { RINGBACK_RECEIVER_BIND: bind } = variables;
  if (bind && isIP(bind) === 0)
    throw invalid(headlessMessages.noAddress({ variable: 'RINGBACK_RECEIVER_BIND', text: bind }));
  return { ...(bind ? { bind } : {}), ...(isOn(variables, 'RINGBACK_RECEIVER_HEALTH') ? { health: true } : {}) };
}

function logFormatIn(text: string): LogFormat {
  if (text === 'text' || text === 'json') return text;
  throw invalid(headlessMessages.noLogFormat({ variable: 'RINGBACK_LOG', text }));
}

function isOn(variables: Variables, name: string): boolean {
  const text = variables[name] || '0';
  if (text === '1' || text === '0') return text === '1';
  throw invalid(headlessMessages.noFlag({ variable: name, text }));
}

function portIn(name: string, text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  throw invalid(headlessMessages.noPort({ variable: name, text }));
}

function invalid(message: Message): RingbackError {
  return new RingbackError('invalid-input', message);
}
