import type { notifications } from '@mantine/notifications';
import type { i18n } from 'i18next';
import type { NotificationView, RemovalOutcome } from '../../preload/contract/index.ts';
import { targetOf } from '../inbox/index.ts';
import { messageText } from '../message-text.ts';
import type { Page, ViewSignal } from '../view.ts';

type Toasts = Pick<typeof notifications, 'show'>;

/**
 * Shows notifications as toasts that open their subject; more than three at once become one. Pages that show the
 * subject anyway get none.
 */
export function createAnnouncer(toasts: Toasts, translation: i18n, view: ViewSignal) {
  const closeButtonProps = { 'aria-label': translation.t('common.close') };
  const show = ({ title: english, body, titleMessage, bodyMessage, ...about }: NotificationView): void => {
    const title = messageText(titleMessage, english);
    const target = targetOf(about);
    const open = target && { onClick: () => view.set(target), className: 'toast-link' };
    toasts.show({ title, message: messageText(bodyMessage, body), closeButtonProps, ...(open || {}) });
  };
  return (arrived: readonly NotificationView[]): void => {
    const { page } = view.get();
    const isOf = (...pages: readonly (Page | undefined)[]) =>
      arrived.filter((notification) => pages.includes(targetOf(notification)?.page) && !pages.includes(page));
    const events = isOf('events', undefined);
    for (const notification of [...isOf('backups'), ...isOf('jobs')]) show(notification);
    if (events.length > 3) {
      const title = translation.t('toast.many', { count: events.length });
      toasts.show({ title, message: translation.t('toast.manyHelp'), closeButtonProps });
      return;
    }
    for (const notification of events) show(notification);
  };
}

/** Shows the outcome of a removal of several items; the reasons of failures are among the warnings. */
export function createOutcomeReporter(toasts: Toasts, translation: i18n) {
  const closeButtonProps = { 'aria-label': translation.t('common.close') };
  return ({ removed, total }: RemovalOutcome): void =>
    void toasts.show({ message: translation.t('removal.outcome', { removed, count: total }), closeButtonProps });
}
