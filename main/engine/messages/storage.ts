import { defineMessages } from './message.ts';

interface Owned {
  readonly path: string;
  /** Empty where the system does not say. */
  readonly owner: string;
  /** What to run in a terminal. */
  readonly command: string;
}

export const storageMessages = defineMessages('storage', {
  newerData: () =>
    'A newer version of Ringback has used the data on this computer, and this version cannot read them. Nothing was changed. Install the newer version again.',
  notWritable: ({ path, owner, command }: Owned) =>
    `Ringback cannot write ${path}${owner && `, which belongs to ${owner}`}. Run this in a terminal, then start Ringback again: ${command}`,
  folderReadOnly: ({ path }: { path: string }) =>
    `Ringback cannot write ${path}: it is on a read-only file system. Mount it for writing, or set RINGBACK_DATA_DIR to another folder.`,
  folderFull: ({ path }: { path: string }) =>
    `Ringback cannot write ${path}: there is no space left. Free some, then start Ringback again.`,
  folderNotMade: ({ folder, above, owner }: { folder: string; above: string; owner: string }) =>
    `The data folder ${folder} cannot be created in ${above}${owner && `, which belongs to ${owner}`}. Set RINGBACK_DATA_DIR to a folder in which you may write.`,
  folderIsFile: ({ folder }: { folder: string }) =>
    `The data folder ${folder} is a file. Rename it, or set RINGBACK_DATA_DIR to another folder.`,
  folderOpen: ({ folder, command }: { folder: string; command: string }) =>
    `Other users of this computer can open the data folder ${folder}. Run this in a terminal: ${command}`,
  folderInUse: ({ folder, process }: { folder: string; process: string }) =>
    `Another Ringback (process ${process || 'unknown'}) is using the data folder ${folder}. Stop it first, or set RINGBACK_DATA_DIR to another folder.`,
  keyringOff: () => 'The keyring is switched off (RINGBACK_KEYRING).',
  keyringSilent: () => 'The keyring of the system did not answer in time.',
  noKeyring: () => 'This system has no keyring that works.',
  keyBesideSecrets: () => 'The key lies in a file beside the secrets, and only the file permissions protect it.',
  secretOfKey: ({ place }: { place: string }) =>
    `A stored secret was encrypted with a key in ${place} and cannot be opened now. Enter it again.`,
  keyFileDamaged: ({ file }: { file: string }) =>
    `The key file was damaged. It was set aside as ${file}, and a new one started; secrets must be entered again.`,
  inKeyring: () => 'the keyring of the system',
  inKeyFile: () => 'a key file in the data folder',
  inDesktopKeyring: () => 'the desktop keyring',
  inMacKeychain: () => 'the macOS Keychain',
  inWindowsCredentials: () => 'the Windows Credential Manager',
  inWindowsData: () => 'Windows Data Protection',
  inGnomeKeyring: () => 'the GNOME keyring',
  inKwallet: () => 'KWallet',
  inSecretService: () => 'the Secret Service of this desktop',
  inSystemStore: () => "the system's key store",
  inPlainFile: () => 'a file without a key store',
  inNothing: () => 'nowhere',
  keyringLocked: () =>
    'Unlock the keyring: it holds the key of the stored secrets. Ringback tries again until then; callbacks are not accepted meanwhile, and their senders retry. To start without the stored secrets, set RINGBACK_KEYRING=off.',
  settingsDamaged: ({ file }: { file: string }) =>
    `The settings file was damaged. It was set aside as ${file}, and a new one started. Hooks that exist at the provider are listed as External once their connection is added again.`,
  pruningAnnounced: ({ count, at }: { count: number; at: string }) =>
    `${count} events exceed the limits of retention and will be deleted after ${at}. To keep them, raise the limits in the settings before.`,
  unpublishedDeleted: () =>
    'The server of the team has been away for so long that events were deleted before members got them. Events wait for it twice as long, and twice as many, as the settings retain. Check the server, or end the team.',
  eventsLost: ({ count, since, until }: { count: number; since: string; until: string }) =>
    `${count} acknowledged callbacks are missing from the event store, received between ${since || 'the beginning'} and ${until}. Its files were damaged or replaced by an older copy.`,
  clockAhead: ({ days }: { days: number }) =>
    `The clock of this computer is ${days} days ahead of the last known time. Old events are deleted only in small steps until then. Check the date; correct it if it is wrong.`,
  settingsRepaired: ({ file }: { file: string }) =>
    `Some characters of the settings file were damaged. It was set aside as ${file}, and read with � in their place. Check the names and folders in the settings.`,
  settingsSalvaged: ({ file }: { file: string }) =>
    `The settings file was damaged. It was set aside as ${file}, and those settings that are still whole in it are used. Check connections, hooks and settings: what is missing has to be entered again.`,
  settingsRestored: ({ file, at }: { file: string; at: string }) =>
    `The settings file was damaged. It was set aside as ${file}, and the copy of ${at} was restored. Hooks created since then are listed as External.`,
});
