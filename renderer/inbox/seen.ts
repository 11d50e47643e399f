import { useEffect } from 'react';
import type { NotificationView } from '../../preload/contract/index.ts';
import { limits } from '../../preload/limits.ts';
import { useAct, useAnswer } from '../queries.ts';
import { useSignal } from '../signal.ts';
import type { View } from '../view.ts';
import { useWindow } from '../window-context.ts';

/** Marks notifications as seen whose event, job or backup is open while the window has the focus. */
export function useSeenWhereOpen(unseen: number): void {
  const view = useSignal(useWindow().view);
  const isAsked = unseen > 0 && openItem(view) !== undefined;
  const { data = [] } = useAnswer('notifications.list', { limit: limits.listed, unseen: true }, { enabled: isAsked });
  const { mutate } = useAct('notifications.seen');
  const ids = data.flatMap((each) => (each.id && each.unseen && isAbout(each, view) ? [each.id] : [])).join(' ');
  useEffect(() => {
    const mark = () => {
      if (ids && document.hasFocus()) mutate({ ids: ids.split(' ') });
    };
    mark();
    window.addEventListener('focus', mark);
    return () => window.removeEventListener('focus', mark);
  }, [ids, mutate]);
}

function openItem(view: View): string | undefined {
  if (view.page === 'events') return view.event;
  if (view.page === 'jobs') return view.job;
  return view.page === 'backups' ? view.backup : undefined;
}

/** A notification of several events is about all of them. */
function isAbout({ event, job, backup, count = 1 }: NotificationView, view: View): boolean {
  const about = view.page === 'events' ? event : view.page === 'jobs' ? job : backup;
  return count === 1 && about !== undefined && about === openItem(view);
}
