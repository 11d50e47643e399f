import type { Input, SinkTarget } from '../../../preload/contract/index.ts';

export const sinkKinds = ['ntfy', 'slack', 'teams', 'webhook', 'email', 'notify-send'] as const;
export type SinkKind = (typeof sinkKinds)[number];

/** The values of the form, all as text. */
export interface SinkDraft {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly host: string;
  readonly port: string;
  readonly security: 'starttls' | 'tls' | 'none';
  readonly from: string;
  /** Addresses separated by commas or spaces. */
  readonly to: string;
  readonly username: string;
  readonly password: string;
}

type SinkField = Exclude<keyof SinkDraft, 'name'>;

export const emptyDraft: SinkDraft = {
  ...{ name: '', url: '', token: '', host: '', port: '587', security: 'starttls' },
  ...{ from: '', to: '', username: '', password: '' },
};

/** The usual port for each kind of encryption. */
export const usualPort = { starttls: '587', tls: '465', none: '25' } as const;

const fields: Readonly<Record<SinkKind, readonly SinkField[]>> = {
  ntfy: ['url', 'token'],
  slack: ['url'],
  teams: ['url'],
  webhook: ['url', 'token'],
  email: ['host', 'port', 'security', 'from', 'to', 'username', 'password'],
  'notify-send': [],
};
const required: readonly SinkField[] = ['url', 'host', 'port', 'from', 'to'];

export const hasField = (kind: SinkKind, field: SinkField): boolean => fields[kind].includes(field);

/** The required fields that are empty. */
export function missingIn(kind: SinkKind, draft: SinkDraft): readonly SinkField[] {
  return fields[kind].filter((field) => required.includes(field) && draft[field].trim() === '');
}

/** The request for the host, without empty fields. */
export function requestOf(kind: SinkKind, draft: SinkDraft): Input<'sinks.add'> {
  const name = draft.name.trim();
  return { ...(name ? { name } : {}), target: targetOf(kind, draft) };
}

function targetOf(kind: SinkKind, draft: SinkDraft): SinkTarget {
  const { url, token, host, port, security, from, to, username, password } = draft;
  if (kind === 'notify-send') return { kind };
  if (kind === 'email') {
    return {
      ...{
        kind,
        host: host.trim(),
        port: Number(port),
        security,
        from: from.trim(),
        to: to.split(/[\s,;]+/).filter(Boolean),
      },
      ...(username.trim() ? { username: username.trim() } : {}),
      ...(password ? { password } : {}),
    };
  }
  const access = token.trim() ? { token: token.trim() } : {};
  if (kind === 'ntfy') return { kind, url: url.trim(), ...access };
  const format = kind === 'webhook' ? 'json' : kind;
  return { kind: 'webhook', url: url.trim(), format, ...(kind === 'webhook' ? access : {}) };
}
