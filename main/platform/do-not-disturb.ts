import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type BusCall, callBus } from './session-bus.ts';

const run = promisify(execFile);

/** A setting of the desktop, as its own program prints it. */
interface Setting {
  readonly program: string;
  readonly parameters: readonly string[];
  /** What is printed while the user wants no notifications. */
  readonly quiet: 'true' | 'false';
}

const gsettings = (schema: string, key: string, quiet: Setting['quiet']): Setting => ({
  ...{ program: 'gsettings', parameters: ['get', schema, key], quiet },
});

/** By the name that the desktop has in XDG_CURRENT_DESKTOP. */
const settings: Readonly<Record<string, Setting>> = {
  GNOME: gsettings('org.gnome.desktop.notifications', 'show-banners', 'false'),
  'X-CINNAMON': gsettings('org.cinnamon.desktop.notifications', 'display-notifications', 'false'),
  PANTHEON: gsettings('io.elementary.notifications', 'do-not-disturb', 'true'),
  XFCE: { program: 'xfconf-query', parameters: ['-c', 'xfce4-notifyd', '-p', '/do-not-disturb'], quiet: 'true' },
};

/** KDE Plasma's notification service, and those that follow it. */
const inhibited: BusCall = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.DBus.Properties',
  method: 'Get',
  signature: 'ss',
  parameters: ['org.freedesktop.Notifications', 'Inhibited'],
};

/** Milliseconds for which an answer holds: notifications that come together lead to one question. */
const validity = 5000;
const timeout = 4000;

interface Parts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  now(): number;
}

/**
 * Asks whether the user has turned notifications off for now in the system; where that cannot be read they are on. Undefined
 * on Windows and macOS: neither they nor Electron tell programs, and both collect notifications themselves.
 */
export function createDoNotDisturbQuestion({
  platform,
  environment,
  now,
}: Parts): (() => Promise<boolean>) | undefined {
  if (platform !== 'linux') return undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let answer = Promise.resolve(false);
  return () => {
    if (now() - asked < validity && now() >= asked) return answer;
    asked = now();
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

/** "ubuntu:GNOME" names the desktop after its variant. */
function settingOf(desktop: string): Setting | undefined {
  return desktop.split(':').flatMap((name) => settings[name.toUpperCase()] ?? [])[0];
}
