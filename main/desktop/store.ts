import { join } from 'node:path';
import type { Store } from '../engine/ports.ts';
import { repairSettingsFile, type SettingsDamage, withCopies } from '../engine/storage/index.ts';

/** electron-store's constructor, passed in because it needs Electron. */
type StoreClass = new (options: {
  readonly cwd: string;
  readonly name: string;
  readonly accessPropertiesByDotNotation: false;
  readonly configFileMode: number;
}) => Store;

/**
 * Opens the settings file; a damaged one is renamed, and replaced by its newest copy or a new one. `warn` gets a sentence
 * where the file is replaced while it is in use, or where the disk does not confirm a change.
 */
export function openStore(
  ElectronStore: StoreClass,
  folder: string,
  now: () => number,
  warn: (message: string) => void = () => {},
): { readonly store: Store } & Partial<SettingsDamage> {
  const file = join(folder, 'settings.json');
  const damage = repairSettingsFile(file, now());
  const store = new ElectronStore({
    cwd: folder,
    name: 'settings',
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  return { store: withCopies(store, file, now, warn), ...damage };
}
