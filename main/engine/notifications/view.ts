import { type NotificationAction, NotificationPage, type NotificationView } from '../../../preload/contract/index.ts';
import { type Row, toTime } from '../storage/index.ts';
import { subjectOfNotification } from './policy.ts';

type NotificationMessages = Pick<NotificationView, 'titleMessage' | 'bodyMessage'>;

/** A stored notification as it crosses to the window. */
export function toNotification(row: Row): NotificationView {
  const page = NotificationPage.safeParse(row.page);
  const actions = actionsOf(row);
  const isBundle = Number(row.count) > 1;
  const { outcome } = subjectOfNotification(row) ?? {};
  return {
    id: String(row.id),
    at: toTime(row.at),
    title: String(row.title),
    body: String(row.body),
    ...(row.event === null || isBundle ? {} : { event: String(row.event) }),
    ...(row.seen === 0 ? { unseen: true } : {}),
    ...(isBundle ? { count: Number(row.count) } : {}),
    ...(row.backup === null ? {} : { backup: String(row.backup) }),
    ...(row.job === null ? {} : { job: String(row.job) }),
    ...(outcome == null ? {} : { outcome }),
    ...(page.success ? { page: page.data } : {}),
    ...(row.urgent === 1 ? { urgent: true } : {}),
    ...messagesOf(row),
    ...(actions.length > 0 ? { actions } : {}),
  };
}

function messagesOf({ messages }: Row): NotificationMessages {
  return messages === null ? {} : (JSON.parse(String(messages)) as NotificationMessages);
}

function actionsOf(row: Row): NotificationAction[] {
  if (subjectOfNotification(row)?.outcome !== 'failed') return [];
  return ['open', ...(retryTargetOf(row) ? ['retry' as const] : []), 'copy-error'];
}

/** What can be started again: a job, or a backup of a connection. */
export type RetryTarget = { readonly job: string } | { readonly backupOf: string };

/** Titles of notifications about translations that can be started again. */
const failedTranslations = ['jobs.failed', 'jobs.timedOut'];

export function retryTargetOf(row: Row): RetryTarget | undefined {
  const { event, connection, outcome } = subjectOfNotification(row) ?? {};
  if (outcome !== 'failed') return undefined;
  if (event === 'ringback.backup') return connection === undefined ? undefined : { backupOf: connection };
  const { titleMessage } = messagesOf(row);
  const isTranslation = titleMessage !== undefined && failedTranslations.includes(titleMessage.code);
  return isTranslation && row.job !== null ? { job: String(row.job) } : undefined;
}
