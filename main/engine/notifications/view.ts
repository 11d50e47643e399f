import { NotificationPage, type NotificationView } from '../../../preload/contract.ts';
import { type Row, toTime } from '../storage/index.ts';

type NotificationMessages = Pick<NotificationView, 'titleMessage' | 'bodyMessage'>;

/** A stored notification as it crosses to the window. */
export function toNotification(row: Row): NotificationView {
  const page = NotificationPage.safeParse(row.page);
  const isBundle = Number(row.count) > 1;
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
    ...(page.success ? { page: page.data } : {}),
    ...(row.urgent === 1 ? { urgent: true } : {}),
    ...(row.messages === null ? {} : (JSON.parse(String(row.messages)) as NotificationMessages)),
  };
}
