import type { notifications } from '@mantine/notifications';
import type { i18n } from 'i18next';
import type { Notification } from '../../preload/contract.ts';
import type { ViewSignal } from '../view.ts';

type Toasts = Pick<typeof notifications, 'show'>;

/** Shows what came as toasts that open their event; more than three at once become one. */
export function createAnnouncer(toasts: Toasts, translation: i18n, view: ViewSignal) {
  return (arrived: readonly Notification[]): void => {
    if (arrived.length > 3) {
      const count = arrived.length;
      toasts.show({ title: translation.t('toast.many', { count }), message: translation.t('toast.manyHelp') });
      return;
    }
    for (const { title, body, event } of arrived) {
      toasts.show({
        title,
        message: body,
        ...(event ? { onClick: () => view.set({ page: 'events', event }), className: 'toast-link' } : {}),
      });
    }
  };
}
