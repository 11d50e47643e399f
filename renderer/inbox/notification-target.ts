import type { NotificationView } from '../../preload/contract/index.ts';
import type { View } from '../view.ts';

/** The view that a click on a notification opens; undefined without one. */
export function targetOf({
  id,
  event,
  backup,
  job,
  page,
  count,
}: Omit<NotificationView, 'at' | 'title' | 'body'>): View | undefined {
  if (job !== undefined) return { page: 'jobs', job };
  if (backup !== undefined) return { page: 'backups', backup };
  if (page !== undefined) return { page };
  if (count !== undefined && count > 1 && id !== undefined) return { page: 'events', notification: id };
  return event === undefined ? undefined : { page: 'events', event };
}
