import type { Shell } from 'electron';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Opens in the user's browser: https links and those of simulators on this computer. Rejects other schemes. */
export function createOpener(shell: Pick<Shell, 'openExternal'>): (target: string) => Promise<boolean> {
  return async (target) => {
    const url = URL.parse(target);
    if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname)))) return false;
    await shell.openExternal(url.href);
    return true;
  };
}
