import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const watcher = 'org.kde.StatusNotifierWatcher';
const property = 'IsStatusNotifierHostRegistered';

/** The same question in the words of the tools that Linux desktops bring along. */
const questions: readonly (readonly [string, readonly string[]])[] = [
  [
    'gdbus',
    [
      ...['call', '--session', '--timeout', '2', '--dest', watcher, '--object-path', '/StatusNotifierWatcher'],
      ...['--method', 'org.freedesktop.DBus.Properties.Get', watcher, property],
    ],
  ],
  ['busctl', ['--user', '--timeout=2', 'get-property', watcher, '/StatusNotifierWatcher', watcher, property]],
];

/** Whether anything shows tray icons; Linux desktops may have nothing that does, as GNOME without an extension. */
export async function hasTrayHost(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, words] of questions) {
    try {
      const { stdout } = await run(program, [...words], { timeout: 3000, env: environment });
      return stdout.includes('true');
    } catch {
      // The tool is missing, or nobody owns the name: the next one may know.
    }
  }
  return false;
}
