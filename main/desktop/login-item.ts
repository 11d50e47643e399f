import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import type { Settings } from '../../preload/contract/index.ts';
import { ask } from '../engine/ask.ts';
import { RingbackError } from '../engine/errors.ts';
import type { Engine } from '../engine/index.ts';
import { describe, type Log } from '../engine/log.ts';
import { type Message, storedMessage } from '../engine/messages/index.ts';
import { desktopMessages } from './messages.ts';

interface LoginItemParts {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The program and the arguments that start Ringback. */
  readonly command: readonly string[];
  readonly home: string;
}

/** Updates the login item when the setting changes. */
export async function followLoginItem(
  engine: Pick<Engine, 'ask' | 'listen' | 'warn'>,
  parts: LoginItemParts,
  log: Log,
): Promise<void> {
  const apply = ({ startAtLogin }: Settings) =>
    setLoginItem(startAtLogin, parts).catch((error: unknown) => {
      log.warn('desktop', `Login item: ${describe(error)}`);
      if (error instanceof RingbackError) engine.warn(storedMessage(error.message, error.reason));
    });
  engine.listen((change) => change.type === 'settings' && apply(change.settings));
  await apply(await ask(engine, 'settings.get', {}));
}

/** Enables or disables starting Ringback at login. Throws a conflict where macOS or Windows does not apply it. */
export async function setLoginItem(wanted: boolean, parts: LoginItemParts): Promise<void> {
  if (parts.platform === 'linux') return await setAutostartEntry(wanted, parts);
  const [path = '', ...rest] = parts.command;
  const item = parts.platform === 'win32' ? { path, args: [...rest.map(quoted), '--hidden'] } : {};
  if (parts.app.getLoginItemSettings(item).openAtLogin === wanted) return;
  parts.app.setLoginItemSettings({ ...item, openAtLogin: wanted });
  const { openAtLogin, status } = parts.app.getLoginItemSettings(item);
  if (openAtLogin !== wanted) throw new RingbackError('conflict', loginItemProblem(wanted, status));
}

/** The message where macOS ignores an unsigned application or waits for the user's approval, both without an error. */
function loginItemProblem(wanted: boolean, status: string | undefined): Message {
  if (!wanted) return desktopMessages.stillStarts();
  return status === 'requires-approval' ? desktopMessages.startNeedsApproval() : desktopMessages.doesNotStart();
}

const quoted = (argument: string) => (argument.includes(' ') ? `"${argument}"` : argument);

/** Writes an XDG autostart entry with the AppImage file instead of its temporary mount. */
async function setAutostartEntry(wanted: boolean, { environment, command, home }: LoginItemParts): Promise<void> {
  const file = join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'autostart', 'ringback.desktop');
  if (!wanted) return await rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, autostartEntry(environment.APPIMAGE ? [environment.APPIMAGE] : command));
}

function autostartEntry(command: readonly string[]): string {
  const lines = {
    Type: 'Application',
    Name: 'Ringback',
    Comment: 'Rings when work in the cloud is done',
    'Comment[nl]': 'Meldt het als werk in de cloud klaar is',
    'Comment[de]': 'Meldet, wenn Arbeit in der Cloud fertig ist',
    Exec: [...command, '--hidden'].map(escaped).join(' '),
    Terminal: 'false',
    'X-GNOME-Autostart-enabled': 'true',
  };
  const entries = Object.entries(lines).map(([key, value]) => `${key}=${value}`);
  return `${['[Desktop Entry]', ...entries].join('\n')}\n`;
}

/**
 * Quotes an argument for Exec ("Desktop Entry Specification"): special characters are escaped, then each backslash is
 * written twice, as in all values.
 */
function escaped(argument: string): string {
  if (/^[\w./:=@-]+$/.test(argument)) return argument;
  const inQuotes = argument.replace(/[\\"`$]/g, '\\$&').replaceAll('%', '%%');
  return `"${inQuotes}"`.replaceAll('\\', '\\\\');
}
