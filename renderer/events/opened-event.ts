import type { View } from '../view.ts';

/** The view with this event open beside the list, or without one. */
export function viewWithEvent(view: View, event: string | undefined): View {
  if (view.page !== 'events') return { page: 'events', ...(event ? { event } : {}) };
  const { event: _previous, ...list } = view;
  return event === undefined ? list : { ...list, event };
}
