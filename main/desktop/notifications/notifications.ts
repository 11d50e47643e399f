import type { Notification, NotificationConstructorOptions } from 'electron';
import type { NotificationAction } from '../../../preload/contract/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { escapeMarkup, type Message } from '../../engine/messages/index.ts';
import type { HostNotification } from '../../engine/ports.ts';
import { desktopMessages, say, trayMessages } from '../messages.ts';

/** Limit of notifications that are referenced; garbage collection disables clicks on any other. */
const clickable = 100;
/** Milliseconds for the system to confirm a notification. */
const confirmation = 3000;

/** Linux and Windows show it until it is closed; on macOS the user chooses that. */
const lasting = { urgency: 'critical', timeoutType: 'never' } as const;

interface NotificationParts {
  readonly platform: NodeJS.Platform;
  /** Whether a notification service responds; queried before each notification, so it should cache. */
  serviceAnswers(): Promise<boolean>;
  /** Called after a notification that was not shown, to discard that cache. */
  failed(): void;
  isSupported(): boolean;
  create(options: NotificationConstructorOptions): Notification;
  clicked(note: HostNotification): void;
  /** Called when a button was clicked. */
  chosen(note: HostNotification, action: NotificationAction): void;
}

interface Notifications {
  /** Rejects where the system did not show it. */
  notify(note: HostNotification): Promise<void>;
  close(): void;
}

export function createNotifications(parts: NotificationParts): Notifications {
  const { platform, isSupported, create, clicked, chosen } = parts;
  /** The open notifications with their job. */
  const shown = new Map<Notification, string | undefined>();
  /** Ids of notifications that the system confirmed after they had counted as not shown. */
  const confirmedLate = new Set<string>();
  // On macOS the first call asks the user for permission, so it is made at start and not with the first event.
  isSupported();

  const remember = (notification: Notification, job: string | undefined): void => {
    shown.set(notification, job);
    const [oldest] = shown.keys();
    if (shown.size > clickable && oldest) shown.delete(oldest);
  };

  /** Closes earlier notifications of a job, which has only one at a time. */
  const closeEarlier = (latest: Notification, job: string | undefined): void => {
    if (job === undefined) return;
    for (const [notification, about] of shown) {
      if (about !== job || notification === latest) continue;
      shown.delete(notification);
      notification.close();
    }
  };

  const rememberLate = (notification: Notification, { id, job }: HostNotification): void => {
    remember(notification, job);
    if (id !== undefined) confirmedLate.add(id);
    const [oldest] = confirmedLate;
    if (confirmedLate.size > clickable && oldest !== undefined) confirmedLate.delete(oldest);
  };

  const display = async (note: HostNotification): Promise<void> => {
    if (note.id !== undefined && confirmedLate.delete(note.id)) return;
    if (!(await parts.serviceAnswers()) || !isSupported()) throw unavailable(desktopMessages.noService());
    // Linux notification services parse the body as markup (Desktop Notifications Specification).
    const body = platform === 'linux' ? escapeMarkup(note.body) : note.body;
    const notification = create({
      title: note.title,
      body,
      ...(note.urgent ? lasting : {}),
      ...(note.silent ? { silent: true } : {}),
      ...(note.actions
        ? { actions: note.actions.map((action) => ({ type: 'button', text: actionText(note, action) })) }
        : {}),
    });
    notification.on('action', ({ actionIndex }) => {
      const action = note.actions?.[actionIndex];
      if (action) chosen(note, action);
    });
    notification.on('click', () => {
      shown.delete(notification);
      clicked(note);
    });
    remember(notification, note.job);
    try {
      await show(notification);
    } catch (error) {
      shown.delete(notification);
      notification.once('show', () => rememberLate(notification, note));
      throw error;
    }
    closeEarlier(notification, note.job);
  };

  return {
    async notify(note) {
      try {
        await display(note);
      } catch (error) {
        parts.failed();
        throw error;
      }
    },
    close() {
      for (const notification of shown.keys()) notification.removeAllListeners();
      shown.clear();
    },
  };
}

/**
 * Resolves when the system confirms the notification; rejects without a confirmation. On macOS, an application without
 * a valid signature gets neither an event nor a notification (Electron 42 and later use UNNotification); on Linux and
 * Windows, Electron reports success and failure, immediately or from a thread.
 */
async function show(notification: Notification): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(unavailable(desktopMessages.notConfirmed())), confirmation);
  notification.once('show', () => resolve());
  notification.once('failed', (_event, reason) => reject(unavailable(desktopMessages.notShown({ reason }))));
  notification.show();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}

function unavailable(message: Message): RingbackError {
  return new RingbackError('conflict', message);
}

function actionText({ job, language }: HostNotification, action: NotificationAction): string {
  const { openNotification, copyError, backUpAgain, translateAgain } = trayMessages;
  if (action === 'open') return say(openNotification(), language);
  if (action === 'copy-error') return say(copyError(), language);
  return say(job === undefined ? backUpAgain() : translateAgain(), language);
}
