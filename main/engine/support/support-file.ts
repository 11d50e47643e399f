import type { Connection, Hook, Settings, Status } from '../../../preload/contract/index.ts';

/** What somebody who helps needs to know. */
export interface SupportFacts {
  readonly at: string;
  readonly version: string;
  /** Versions of the system and of what Ringback runs on. */
  readonly system: Readonly<Record<string, string>>;
  readonly status: Status;
  readonly settings: Settings;
  readonly connections: readonly Connection[];
  readonly hooks: readonly Hook[];
  /** The diagnostic report. */
  readonly report: string;
  /** The latest part of the log. */
  readonly log: string;
}

/** The support file as text; neither addresses of callbacks nor what a user typed into a connection is in it. */
export function composeSupportFile(facts: SupportFacts): string {
  const { at, version, system, status, settings, connections, hooks, report, log } = facts;
  const { tunnel, receiver, vault, warnings } = status;
  const parts = [
    ['System', { ...system, ringback: version, keyStore: vault.name }],
    ['Status', { tunnel, receiver, warnings }],
    ['Settings', withoutUser(settings)],
    ['Connections', connections.map(summaryOf)],
    [
      'Hooks',
      hooks.map(({ system: api, event, status: state, ours, current, problem }) => ({
        system: api,
        event,
        status: state,
        ours,
        current,
        problem,
      })),
    ],
  ] as const;
  const sections = parts.map(([title, value]) => `## ${title}\n\n${JSON.stringify(value, null, 2)}`);
  return [`# Ringback support file, ${at}`, ...sections, `## Diagnosis\n\n${report}`, `## Log\n\n${log}`].join('\n\n');
}

/** The settings without the user name at the proxy. */
function withoutUser(settings: Settings): Settings {
  const proxy = settings.network?.proxy;
  if (proxy?.mode !== 'manual') return settings;
  const { username: _username, ...rest } = proxy;
  return { ...settings, network: { proxy: rest } };
}

/** The connection with the names of the settings that are filled in, instead of their values. */
function summaryOf({ connector, settings, kind, signIn, cannot }: Connection) {
  return { connector, filledIn: Object.keys(settings), kind, signIn: signIn?.state, cannot };
}

/**
 * The text without these values, in any of the forms in which they are sent or printed. Values of fewer than four characters
 * may be a part of anything, so they are left to the masks of the log.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const shortest = 4;
  const longestFirst = [...new Set(secrets.filter(({ length }) => length >= shortest).flatMap(formsOf))].sort(
    (a, b) => b.length - a.length,
  );
  return longestFirst.reduce((result, secret) => result.replaceAll(secret, '…'), text);
}

/** The secret as it is, in an address, in a form, in JSON, and in base64 as credentials are sent. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const address = encodeURIComponent(secret.toWellFormed());
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, address, form, json, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}
