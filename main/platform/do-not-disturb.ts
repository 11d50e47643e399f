import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type BusCall, callBus } from './session-bus.ts';

const run = promisify(execFile);

/** A program that prints a setting of the desktop. */
interface Setting {
  readonly program: string;
  readonly parameters: readonly string[];
  /** The output while notifications are turned off. */
  readonly quiet: 'true' | 'false';
}

const gsettings = (schema: string, key: string, quiet: Setting['quiet']): Setting => ({
  ...{ program: 'gsettings', parameters: ['get', schema, key], quiet },
});

/** By desktop name, as in XDG_CURRENT_DESKTOP. */
const settings: Readonly<Record<string, Setting>> = {
  GNOME: gsettings('org.gnome.desktop.notifications', 'show-banners', 'false'),
  'X-CINNAMON': gsettings('org.cinnamon.desktop.notifications', 'display-notifications', 'false'),
  PANTHEON: gsettings('io.elementary.notifications', 'do-not-disturb', 'true'),
  XFCE: { program: 'xfconf-query', parameters: ['-c', 'xfce4-notifyd', '-p', '/do-not-disturb'], quiet: 'true' },
};

/** KDE Plasma's notification service, and others with its interface. */
const inhibited: BusCall = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.DBus.Properties',
  method: 'Get',
  signature: 'ss',
  parameters: ['org.freedesktop.Notifications', 'Inhibited'],
};

/** Milliseconds for which an answer is cached, so that notifications that arrive together query it once. */
const validity = 5000;
const timeout = 4000;

interface Parts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  now(): number;
}

/**
 * Queries whether the user has turned off notifications in the system; false where that cannot be determined. Undefined
 * on Windows and macOS, which do not let programs query it and collect notifications themselves.
 */
export function createDoNotDisturbQuestion({
  platform,
  environment,
  now,
}: Parts): (() => Promise<boolean>) | undefined {
  if (platform !== 'linux') return undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let answer = Promise.resolve(false);
  return () => {
    if (now() - askedAt < validity && now() >= askedAt) return answer;
    askedAt = now();
    answer = read(environment);
    return answer;
  };
}

async function read(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const setting = settingOf(environment.XDG_CURRENT_DESKTOP ?? '');
  if (setting === undefined) return (await callBus(inhibited, environment))?.includes('true') ?? false;
  try {
    const { stdout } = await run(setting.program, setting.parameters, { env: environment, timeout });
    return stdout.trim() === setting.quiet;
  } catch {
    return false;
  }
}

/** The setting for the first known name in XDG_CURRENT_DESKTOP, such as "ubuntu:GNOME". */
function settingOf(desktop: string): Setting | undefined {
  return desktop.split(':').flatMap((name) => settings[name.toUpperCase()] ?? [])[0];
}
