import type { Tray } from 'electron';

/** Milliseconds between two questions whether anything shows tray icons. */
const hostPoll = 15_000;

interface TrayIconParts {
  /** Whether anything shows tray icons now. */
  hasHost(): Promise<boolean>;
  create(): Tray;
  /** Draws everything on a new icon. */
  created(tray: Tray): void;
  /** Milliseconds between two questions. */
  readonly poll?: number;
}

interface TrayIcon {
  /** The icon, while something shows it. */
  readonly tray: Tray | undefined;
  close(): void;
}

/**
 * Creates the icon while something shows icons, and again when that comes later: Chromium looks for the tray host once, so
 * that an icon created before it stays invisible for the whole session.
 */
export async function openTrayIcon({ hasHost, create, created, poll = hostPoll }: TrayIconParts): Promise<TrayIcon> {
  let tray: Tray | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const look = async (): Promise<void> => {
    const found = await hasHost();
    if (closed) return;
    if (!found) {
      tray?.destroy();
      tray = undefined;
    } else if (tray === undefined) {
      tray = create();
      created(tray);
    }
    timer = setTimeout(() => void look(), poll);
  };
  await look();
  return {
    get tray() {
      return tray;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      tray?.destroy();
    },
  };
}
