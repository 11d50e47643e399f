import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { RingbackError } from '../engine/errors.ts';
import { type Environment, readEnvironment } from './environment.ts';
import type { Variables } from './settings-variables.ts';

/** The name of the file in the data folder that holds variables. */
const defaultFile = 'ringback.env';

/** What takes effect when the host starts again. */
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
 * What the environment asks for, and the file that it names or that lies in the data folder; the environment wins. Throws
 * invalid-input, saying which variable or file is wrong.
 */
export function readConfiguration(variables: Variables): Environment {
  const named = variables.RINGBACK_CONFIG;
  if (named) return readEnvironment({ ...readFile(named, true), ...present(variables) });
  const { folder } = readEnvironment(variables);
  const inFolder = readFile(join(folder, defaultFile), false);
  return readEnvironment({ ...inFolder, ...present(variables), RINGBACK_DATA_DIR: folder });
}

/** The variables that differ and take effect only when the host starts again. */
export function variablesForRestart(before: Environment, after: Environment): string[] {
  const fields = Object.keys(atStart) as (keyof typeof atStart)[];
  return fields.filter((field) => before[field] !== after[field]).map((field) => atStart[field]);
}

function readFile(file: string, isNamed: boolean): Variables {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // Where the data folder itself cannot be used, opening it says why.
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !isNamed) return {};
    throw new RingbackError('invalid-input', `The configuration file ${file} cannot be read (${code ?? message}).`, {
      cause,
    });
  }
}

/** Without those that are set to nothing. */
function present(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
}
