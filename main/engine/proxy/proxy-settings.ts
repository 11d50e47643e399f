import { z } from 'zod';
import type { NetworkChange, NetworkSettings } from '../../../preload/contract/index.ts';
import { type Message, proxyMessages } from '../messages/index.ts';
import type { ProxyChoice, Store } from '../ports.ts';
import { createStoredValue, EncryptedText, type SecretStore } from '../storage/index.ts';

interface ProxyOptions {
  readonly store: Store;
  readonly secretStore: Pick<SecretStore, 'encrypt' | 'decrypt'>;
  /** The stored settings. */
  readonly settings: NetworkSettings | undefined;
  /** Hands the choice to the host's network. */
  apply(choice: Promise<ProxyChoice>): void;
  warn(message: Message): void;
}

/** The proxy of the settings, with its password in the secret store. */
export interface ProxySettings {
  /** The settings after a change; nothing is stored or applied before `save`. */
  prepare(change: NetworkChange | undefined, present: NetworkSettings | undefined): Promise<PreparedNetwork>;
}
interface PreparedNetwork {
  readonly settings: NetworkSettings | undefined;
  save(): void;
}

/** The password with the user name and proxy it was entered for: it is sent to no other. */
const StoredPassword = z.strictObject({ owner: z.string(), encrypted: EncryptedText }).nullable();
type StoredPassword = z.output<typeof StoredPassword>;

type Manual = Extract<NetworkSettings['proxy'], { mode: 'manual' }>;

export function openProxySettings({ store, secretStore, settings, apply, warn }: ProxyOptions): ProxySettings {
  const password = createStoredValue(store, 'proxyPassword', StoredPassword, null, (text) =>
    warn({ ...proxyMessages.passwordLost(), text }),
  );
  const applySettings = (network: NetworkSettings | undefined, stored: StoredPassword): void =>
    apply(choiceOf(network, stored, secretStore, warn));
  if (settings?.proxy) applySettings(settings, password.value);
  return {
    async prepare(change, present) {
      if (!change) return { settings: present, save() {} };
      const { network, stored } = await readChange(change, password.value, secretStore);
      return {
        settings: network,
        save() {
          password.set(stored);
          applySettings(network, stored);
        },
      };
    },
  };
}

interface ReadChange {
  readonly network: NetworkSettings;
  readonly stored: StoredPassword;
}

/** Splits a change into settings and password; a password not entered again stays with the proxy it was entered for. */
async function readChange(
  { proxy }: NetworkChange,
  before: StoredPassword,
  secretStore: ProxyOptions['secretStore'],
): Promise<ReadChange> {
  if (proxy?.mode !== 'manual') return { network: proxy ? { proxy } : {}, stored: null };
  const { password, hasPassword: _, ...rest } = proxy;
  const owner = ownerOf(rest);
  const kept = before?.owner === owner ? before : null;
  const stored = password === undefined ? kept : password === '' ? null : await encrypt(password, owner, secretStore);
  return { network: { proxy: { ...rest, ...(stored ? { hasPassword: true } : {}) } }, stored };
}

async function encrypt(
  password: string,
  owner: string,
  secretStore: ProxyOptions['secretStore'],
): Promise<StoredPassword> {
  const { password: encrypted = '' } = await secretStore.encrypt({ password });
  return { owner, encrypted };
}

async function choiceOf(
  network: NetworkSettings | undefined,
  stored: StoredPassword,
  secretStore: ProxyOptions['secretStore'],
  warn: ProxyOptions['warn'],
): Promise<ProxyChoice> {
  const { proxy = { mode: 'system' } as const } = network ?? {};
  if (proxy.mode !== 'manual') return proxy;
  const { url, username, bypass } = proxy;
  if (stored?.owner !== ownerOf(proxy)) return { mode: 'manual', url, username, bypass };
  const { secrets, lost } = await secretStore.decrypt({ password: stored.encrypted });
  if (lost.length > 0) warn(proxyMessages.passwordLost());
  return { mode: 'manual', url, username, bypass, password: secrets.password };
}

function ownerOf({ url, username = '' }: Pick<Manual, 'url' | 'username'>): string {
  return `${username}@${new URL(url).origin}`;
}
