import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface DisplayParts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly parameters: readonly string[];
}

/** Whether a window can be opened: on Linux, Chromium crashes without X11 and Wayland. */
export function hasDisplay({ platform, environment, parameters }: DisplayParts): boolean {
  if (platform !== 'linux' || parameters.some((parameter) => parameter.startsWith('--ozone-platform='))) return true;
  const { DISPLAY, WAYLAND_DISPLAY, WAYLAND_SOCKET, XDG_RUNTIME_DIR } = environment;
  if (DISPLAY || WAYLAND_DISPLAY || WAYLAND_SOCKET) return true;
  // The Wayland library connects to this socket where WAYLAND_DISPLAY is not set.
  return Boolean(XDG_RUNTIME_DIR) && existsSync(join(String(XDG_RUNTIME_DIR), 'wayland-0'));
}
