import type { NotificationAction } from '../../../preload/contract/index.ts';
import type { Engine } from '../../engine/index.ts';
import type { HostNotification } from '../../engine/ports.ts';
import type { Opening } from '../channel.ts';

interface NoteClickParts {
  readonly engine: Pick<Engine, 'ask'>;
  show(opening?: Opening): void;
}

interface NoteActionParts {
  readonly engine: Pick<Engine, 'ask'>;
  clicked(note: HostNotification): Promise<void>;
  copy(text: string): void;
}

/** Handles a click on a notification's button. */
export function createNoteAction({ engine, clicked, copy }: NoteActionParts) {
  return async (note: HostNotification, action: NotificationAction): Promise<void> => {
    if (action === 'open') return clicked(note);
    if (note.id !== undefined) void engine.ask('notifications.seen', { ids: [note.id] });
    if (action === 'copy-error') return copy(`${note.title}\n${note.body}`);
    const answer = await engine.ask('notifications.retry', { id: note.id });
    if (!answer.ok) await clicked(note);
  };
}

/** Handles a click on a notification: opens its job, its event, the folder of its backup, or otherwise the window. */
export function createNoteClick({ engine, show }: NoteClickParts): (note: HostNotification) => Promise<void> {
  return async ({ id, count, event, backup, job, page }) => {
    if (id !== undefined) void engine.ask('notifications.seen', { ids: [id] });
    if (id !== undefined && count !== undefined) return show({ type: 'open-events', notification: id });
    if (job !== undefined) return show({ type: 'open-job', job });
    if (event !== undefined) return show({ type: 'open', event });
    if (page !== undefined && page !== 'backups') return show({ type: 'open-page', page });
    if (backup === undefined && page === undefined) return show();
    if (backup !== undefined && page === undefined) {
      const answer = await engine.ask('backups.reveal', { id: backup });
      if (answer.ok && (answer.value as { opened: boolean }).opened) return;
    }
    show({ type: 'open-backups', ...(backup === undefined ? {} : { backup }) });
  };
}
