import type { Tray } from 'electron';

/** Milliseconds between checks whether the desktop shows tray icons. */
const hostPoll = 15_000;

interface TrayIconParts {
  /** Whether the desktop shows tray icons at present. */
  hasHost(): Promise<boolean>;
  create(): Tray;
  /** Initializes a new icon. */
  created(tray: Tray): void;
  /** Milliseconds between checks. */
  readonly poll?: number;
}

interface TrayIcon {
  /** The icon, while the desktop shows it. */
  readonly tray: Tray | undefined;
  close(): void;
}

/**
 * Creates the icon while the desktop shows tray icons, and again when it starts to: Chromium looks for the tray host
 * once, so that an icon created before it stays invisible for the whole session.
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
