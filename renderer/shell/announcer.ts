import type { notifications } from '@mantine/notifications';
import type { i18n } from 'i18next';
import type { Notification } from '../../preload/contract.ts';
import type { ViewSignal } from '../view.ts';

type Toasts = Pick<typeof notifications, 'show'>;

/** Shows what came as toasts that open their event; more than three at once become one. The page Events shows it anyway. */
export function createAnnouncer(toasts: Toasts, translation: i18n, view: ViewSignal) {
  return (arrived: readonly Notification[]): void => {
    if (view.get().page === 'events') return;
    const closeButtonProps = { 'aria-label': translation.t('common.close') };
    if (arrived.length > 3) {
      const title = translation.t('toast.many', { count: arrived.length });
      toasts.show({ title, message: translation.t('toast.manyHelp'), closeButtonProps });
      return;
    }
    for (const { title, body, event } of arrived) {
      const open = event && { onClick: () => view.set({ page: 'events', event }), className: 'toast-link' };
      toasts.show({ title, message: body, closeButtonProps, ...(open || {}) });
    }
  };
}
