import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import type { Store } from '../engine/ports.ts';
import { repairSettingsFile, type SettingsDamage, withCopies } from '../engine/storage/index.ts';

/**
 * Opens the settings file; a damaged one is renamed, and replaced by its newest copy or a new one. `warn` gets a sentence
 * where the file is replaced while it is in use, or where the disk does not confirm a change.
 */
export function openStore(
  folder: string,
  now: () => number,
  warn: (message: string) => void = () => {},
): { readonly store: Store } & Partial<SettingsDamage> {
  const file = join(folder, 'settings.json');
  const damage = repairSettingsFile(file, now());
  const store = new Conf<Record<string, unknown>>({
    cwd: folder,
    configName: 'settings',
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  return { store: withCopies(store, file, now, warn), ...damage };
}

/** Whether the settings contain secrets that only the key in the system's keyring can decrypt. */
export function holdsKeyringSecrets(folder: string): boolean {
  const file = join(folder, 'settings.json');
  return existsSync(file) && readFileSync(file, 'utf8').includes('"keyring:');
}
