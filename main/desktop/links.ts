import type { Shell } from 'electron';

/** Opens https links in the user's browser, and nothing else: no file, no other program's scheme. */
export function createOpener(shell: Pick<Shell, 'openExternal'>): (target: string) => Promise<boolean> {
  return async (target) => {
    const url = URL.parse(target);
    if (url?.protocol !== 'https:') return false;
    await shell.openExternal(url.href);
    return true;
  };
}
