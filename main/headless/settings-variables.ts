import { SettingsChange } from '../../preload/contract/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { headlessMessages } from './messages.ts';

type Group = 'receiver' | 'notifications' | 'retention' | 'backups' | 'network';
/** Settings of the desktop application only. */
type DesktopOnly = 'startAtLogin' | 'updates' | 'notifications.followDoNotDisturb';
/** Settings that only the window changes. */
type WindowOnly = 'views';
type SettingPath =
  | Exclude<{ [K in Group]: `${K}.${keyof NonNullable<SettingsChange[K]> & string}` }[Group], DesktopOnly>
  | Exclude<keyof SettingsChange, Group | DesktopOnly | WindowOnly>;

export type Variables = Readonly<Record<string, string | undefined>>;

interface SettingVariable {
  /** The end of a sentence that starts with "must be", for an invalid value. */
  readonly value: string;
  readonly meaning: string;
}

const flag = 'true or false';

const settings: Readonly<Record<SettingPath, SettingVariable>> = {
  'receiver.port': {
    value: 'a port number from 0 to 65535',
    meaning: 'port at which callbacks are received on this computer; 0 is any free port',
  },
  tunnel: {
    value: '"off", the public https address that leads to the receiver, or JSON as in `settings.get`',
    meaning: 'how callbacks reach this computer: `off`, the public address of your reverse proxy, or JSON',
  },
  tunnelFallbacks: { value: 'a JSON array of tunnels', meaning: 'tunnels that are used while that one fails, as JSON' },
  tunnelWhenNeeded: { value: flag, meaning: 'whether the tunnel is open only while something waits for callbacks' },
  'notifications.enabled': { value: flag, meaning: 'whether anything is notified' },
  'notifications.pausedUntil': {
    value: 'null or a time such as 2030-01-31T08:00:00Z',
    meaning: 'until when notifications are collected instead of shown',
  },
  'notifications.quietHours': {
    value: 'null or JSON such as {"from":"22:00","to":"07:00"}',
    meaning: 'the hours in which notifications are collected, as JSON such as `{"from":"22:00","to":"07:00"}`',
  },
  'notifications.failuresWhilePaused': { value: flag, meaning: 'whether failures are notified even then' },
  'notifications.digestAt': { value: 'a time such as 17:00', meaning: 'time of the daily summary' },
  'notifications.tunnelAlertMinutes': {
    value: 'a number of minutes from 0.1 to 1440',
    meaning: 'minutes without a working tunnel after which you are notified',
  },
  'notifications.teamAwayAlert': {
    value: flag,
    meaning: 'whether you are notified where no computer receives for the team',
  },
  'retention.days': { value: 'a whole number from 1 to 3650', meaning: 'days for which events are stored' },
  'retention.events': { value: 'a whole number from 100 to 5000000', meaning: 'number of events that are stored' },
  'retention.megabytes': { value: 'a whole number from 50 to 1000000', meaning: 'megabytes that events may take' },
  'backups.patienceHours': {
    value: 'a number from 0.1 to 168',
    meaning: 'hours in which a requested backup must arrive',
  },
  'backups.verifyWeekly': {
    value: flag,
    meaning: 'whether the newest backup of every account is verified again weekly',
  },
  'backups.skipMetered': { value: flag, meaning: 'whether planned backups wait while the connection is metered' },
  'backups.allowInsecure': { value: flag, meaning: 'whether backups are downloaded over plain http too' },
  'backups.reserveGigabytes': {
    value: 'null or a number from 0 to 1000',
    meaning: 'gigabytes of the disk that downloads leave free',
  },
  language: { value: '"system", "en", "nl" or "de"', meaning: 'language of window and notifications' },
  'network.proxy': {
    value: 'JSON such as {"mode":"manual","url":"http://proxy.example:8080"}',
    meaning: 'proxy of outgoing requests, as JSON such as `{"mode":"manual","url":"http://proxy.example:8080"}`',
  },
};

const paths = Object.keys(settings) as SettingPath[];

/** The variables for the settings, with their descriptions. */
export const settingVariables: readonly (readonly [name: string, meaning: string])[] = paths.map((path) => [
  variableOf(path),
  settings[path].meaning,
]);

/** Parses the variables into settings. Throws invalid-input that names the wrong variable. */
export function readSettings(variables: Variables): SettingsChange {
  const change: Record<string, Record<string, unknown> | unknown> = {};
  for (const path of paths) {
    const text = variables[variableOf(path)];
    if (!text) continue;
    const [name = '', member] = path.split('.');
    const value = readSetting(path, text);
    change[name] = member === undefined ? value : { ...(change[name] as object | undefined), [member]: value };
  }
  return SettingsChange.parse(change);
}

/** "backups.verifyWeekly" is RINGBACK_BACKUPS_VERIFY_WEEKLY. */
function variableOf(path: SettingPath): string {
  return `RINGBACK_${path
    .replace('.', '_')
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase()}`;
}

/** Parses the text in each possible way and returns the first result that is valid for the setting. */
function readSetting(path: SettingPath, text: string): unknown {
  for (const value of readingsOf(text)) if (isAccepted(path, value)) return value;
  // JSON may hold a password.
  const shown = /^\s*[[{]/.test(text) ? '' : text;
  const reason = { variable: variableOf(path), text: shown, value: settings[path].value };
  throw new RingbackError('invalid-input', headlessMessages.noSetting(reason));
}

function* readingsOf(text: string): Generator<unknown> {
  try {
    yield JSON.parse(text);
  } catch {
    // It is text.
  }
  yield text;
  if (text === '1' || text === '0') yield text === '1';
  yield text === 'off' ? { provider: 'off' } : { provider: 'fixed', url: text };
}

function isAccepted(path: SettingPath, value: unknown): boolean {
  const [name = '', member] = path.split('.');
  return SettingsChange.safeParse({ [name]: member === undefined ? value : { [member]: value } }).success;
}
