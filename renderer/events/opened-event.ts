import type { View } from '../view.ts';

/** The list as it is, with this event opened beside it, or none. */
export function viewWithEvent(view: View, event: string | undefined): View {
  if (view.page !== 'events') return { page: 'events', ...(event ? { event } : {}) };
  const { event: _previous, ...list } = view;
  return event === undefined ? list : { ...list, event };
}
