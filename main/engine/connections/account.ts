import type { Account, Connector } from '../connector/index.ts';
import { type StoredConnection, sameSettings } from './stored-connection.ts';

type Settings = Readonly<Record<string, string>>;

/** What a check reports of an account, as it is stored. */
export function accountFields({ name, limitations }: Account): Pick<StoredConnection, 'account' | 'cannot'> {
  return { account: name, ...(limitations ? { cannot: [...limitations] } : {}) };
}

/** Whether a sign-in made with one setting holds with the other: only what was typed can lead to another account. */
export function sameOwner({ fields }: Connector, one: Settings, other: Settings): boolean {
  const typed = fields.filter(({ kind }) => kind === 'text' || kind === 'url');
  return sameSettings(typed, one, other);
}

/** Whether an address to which the connector may send secrets differs between the two settings. */
export function addressChanged({ fields }: Connector, one: Settings, other: Settings): boolean {
  const addresses = fields.filter(({ kind, address }) => kind === 'url' || address === true);
  return !sameSettings(addresses, one, other);
}
