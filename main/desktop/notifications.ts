import type { Notification, NotificationConstructorOptions } from 'electron';
import { RingbackError } from '../engine/errors.ts';
import type { HostNotification } from '../engine/ports.ts';

/** So many are kept clickable; a notification that nothing refers to loses its click when memory is tidied. */
const kept = 100;
/** Linux reports no failure, and some servers report no success: after this silence it counts as shown. */
const silence = 3000;

/** Linux and Windows keep it on the screen until it is closed; macOS leaves that to its user. */
const lasting = { urgency: 'critical', timeoutType: 'never' } as const;

interface NotificationParts {
  isSupported(): boolean;
  create(options: NotificationConstructorOptions): Notification;
  clicked(note: HostNotification): void;
}

export interface Notifications {
  /** Rejects where the system shows none now. */
  notify(note: HostNotification): Promise<void>;
  close(): void;
}

export function createNotifications({ isSupported, create, clicked }: NotificationParts): Notifications {
  const shown = new Set<Notification>();

  const keep = (notification: Notification): void => {
    shown.add(notification);
    const [oldest] = shown;
    if (shown.size > kept && oldest) shown.delete(oldest);
  };

  return {
    async notify(note) {
      if (!isSupported()) throw unavailable('no notification service answers');
      const notification = create({ title: note.title, body: note.body, ...(note.urgent ? lasting : {}) });
      notification.on('click', () => {
        shown.delete(notification);
        clicked(note);
      });
      keep(notification);
      try {
        await show(notification);
      } catch (error) {
        shown.delete(notification);
        throw error;
      }
    },
    close() {
      for (const notification of shown) notification.removeAllListeners();
      shown.clear();
    },
  };
}

async function show(notification: Notification): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, silence);
  notification.once('show', () => resolve());
  notification.once('failed', (_event, reason) => reject(unavailable(reason)));
  notification.show();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(reason: string): RingbackError {
  return new RingbackError(
    'conflict',
    `The system did not show the notification (${reason}). Allow notifications for Ringback in the system settings.`,
  );
}
