import { join } from 'node:path';
import type { Store } from '../engine/ports.ts';
import { setAsideDamagedJson } from '../engine/storage/index.ts';

/** electron-store's constructor; handed in, since it needs Electron. */
type StoreClass = new (options: {
  readonly cwd: string;
  readonly name: string;
  readonly accessPropertiesByDotNotation: false;
  readonly configFileMode: number;
}) => Store;

/** Opens the settings file; a damaged one is moved to `damaged` and a new one begun. */
export function openStore(ElectronStore: StoreClass, folder: string, now: number): { store: Store; damaged?: string } {
  const damaged = setAsideDamagedJson(join(folder, 'settings.json'), now);
  const options = {
    cwd: folder,
    name: 'settings',
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  } as const;
  const store = new ElectronStore(options);
  return damaged === undefined ? { store } : { store, damaged };
}
