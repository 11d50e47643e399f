import { addressOf } from '../address.ts';
import type { View } from '../view.ts';

/** A link to the view: its address without the token in a browser, in the desktop application one that opens the item, if any. */
export function linkTo(view: View, isDesktop = window.ringback !== undefined): string | undefined {
  if (!isDesktop) return `${window.location.origin}${window.location.pathname}#${addressOf(view)}`;
  if (view.page === 'events' && view.event) return `ringback://event/${view.event}`;
  if (view.page === 'jobs' && view.job) return `ringback://job/${view.job}`;
  if (view.page === 'backups' && view.backup) return `ringback://backup/${view.backup}`;
  return undefined;
}
