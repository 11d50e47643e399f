import { addressOf } from '../address.ts';
import type { View } from '../view.ts';

/** A link to the view: in a browser its address without the token, in the desktop application its item's, if any. */
export function linkTo(view: View, isDesktop = window.ringback !== undefined): string | undefined {
  if (!isDesktop) return `${window.location.origin}${window.location.pathname}#${addressOf(view)}`;
  if (view.page === 'events' && view.event) return `ringback://event/${view.event}`;
  if (view.page === 'jobs' && view.job) return `ringback://job/${view.job}`;
  if (view.page === 'backups' && view.backup) return `ringback://backup/${view.backup}`;
  return undefined;
}
