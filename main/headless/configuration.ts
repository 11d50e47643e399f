import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { RingbackError } from '../engine/errors.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { headlessMessages } from './messages.ts';
import type { Variables } from './settings-variables.ts';

/** The name of the file in the data folder that contains variables. */
const defaultFile = 'ringback.env';

/** Parts of the environment that take effect at the next start. */
const atStart = {
  folder: 'RINGBACK_DATA_DIR',
  backupFolder: 'RINGBACK_BACKUP_DIR',
  port: 'RINGBACK_PORT',
  keyring: 'RINGBACK_KEYRING',
  log: 'RINGBACK_LOG',
  sandbox: 'RINGBACK_SANDBOX',
  notifyCommand: 'RINGBACK_NOTIFY_COMMAND',
} as const satisfies Partial<Record<keyof Environment, string>>;

/**
 * Reads the environment and the file of variables that it names or that is in the data folder; the environment takes
 * precedence. Throws invalid-input that names the wrong variable or file.
 */
export function readConfiguration(variables: Variables): Environment {
  const named = variables.RINGBACK_CONFIG;
  if (named) return readEnvironment({ ...readFile(named, true), ...present(variables) });
  const { folder } = readEnvironment(variables);
  const inFolder = readFile(join(folder, defaultFile), false);
  return readEnvironment({ ...inFolder, ...present(variables), RINGBACK_DATA_DIR: folder });
}

/** The variables that changed and take effect at the next start only. */
export function variablesForRestart(before: Environment, after: Environment): string[] {
  const fields = Object.keys(atStart) as (keyof typeof atStart)[];
  return fields.filter((field) => before[field] !== after[field]).map((field) => atStart[field]);
}

function readFile(file: string, isNamed: boolean): Variables {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // Where the data folder cannot be used, opening it reports why.
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !isNamed) return {};
    const reason = headlessMessages.configurationUnreadable({ file, detail: code ?? message });
    throw new RingbackError('invalid-input', reason, { cause });
  }
}

/** Without empty variables. */
function present(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
}
