import { type Message, storageMessages } from '../engine/messages/index.ts';

/** The system's password store. Every call can hang until the user unlocks it, or reject. */
export interface Keyring {
  /** The name for messages to the user. */
  readonly name: Message;
  read(): Promise<string | null | undefined>;
  write(text: string): Promise<void>;
}

const names: Readonly<Partial<Record<NodeJS.Platform, Message>>> = {
  darwin: storageMessages.inMacKeychain(),
  win32: storageMessages.inWindowsCredentials(),
};

/** Rejects where the system has no keyring or the native module does not load. */
export async function openKeyring(platform: NodeJS.Platform): Promise<Keyring> {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  // Without `store`, Linux would fall back to the kernel's keyring, which is lost at the next boot.
  const entry = new AsyncEntry('Ringback', 'data key', { linux: { store: 'secret-service' } });
  return {
    name: names[platform] ?? storageMessages.inDesktopKeyring(),
    read: () => entry.getPassword(),
    write: (text) => entry.setPassword(text),
  };
}
