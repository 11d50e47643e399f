import { join } from 'node:path';
import Conf from 'conf';
import type { Store } from '../engine/ports.ts';
import { setAsideDamagedJson } from '../engine/storage/index.ts';

/** Opens the settings file; a damaged one is moved to `damaged` and a new one begun. */
export function openStore(folder: string, now: number): { store: Store; damaged?: string } {
  const damaged = setAsideDamagedJson(join(folder, 'settings.json'), now);
  const store = new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: 'settings',
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  return damaged === undefined ? { store } : { store, damaged };
}
