import { spawn } from 'node:child_process';
import type { Terminal } from './terminal.ts';

/** Opens an address in the user's browser; resolves with false if there is none. */
export function openAddress(address: string, { platform, environment }: Terminal): Promise<boolean> {
  const isHeadless = platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY;
  if (isHeadless) return Promise.resolve(false);
  const [program, ...args] =
    platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : [platform === 'darwin' ? 'open' : 'xdg-open'];
  return new Promise((resolve) => {
    const opener = spawn(program ?? '', [...args, address], { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      opener.unref();
      resolve(true);
    });
  });
}
