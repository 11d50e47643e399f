import './inbox.css';
import { UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBell,
  IconCircleCheck,
  IconCircleX,
  IconCubeSend,
  IconDatabaseExport,
  IconStack2,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NotificationView } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { MuteMenu } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { Ago } from '../time.tsx';
import { useWindow } from '../window-context.ts';
import { targetOf } from './notification-target.ts';

/** Opens the subject of a notification and marks it as seen; false where it has none. */
export function useOpenNotification(): (notification: NotificationView) => boolean {
  const { view } = useWindow();
  const markSeen = useAct('notifications.seen');
  return (notification) => {
    if (notification.unseen && notification.id) markSeen.mutate({ ids: [notification.id] });
    const target = targetOf(notification);
    if (target) view.set(target);
    return target !== undefined;
  };
}

interface NotificationEntriesProps {
  readonly title?: string | undefined;
  readonly entries: readonly NotificationView[];
  onOpen(notification: NotificationView): void;
}

/** A list of notifications with text and time, each of which opens its subject; nothing without any. */
export function NotificationEntries({ title, entries, onOpen }: NotificationEntriesProps) {
  if (entries.length === 0) return null;
  return (
    <section aria-label={title}>
      {title && <h3 className="inbox-group">{title}</h3>}
      <ul className="inbox-entries">
        {entries.map((entry) => (
          <li key={entry.id ?? entry.at} className="inbox-row">
            <Entry entry={entry} onOpen={onOpen} />
            {entry.id && (
              <MuteMenu target={{ notification: entry.id }} iconFor={messageText(entry.titleMessage, entry.title)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface EntryProps {
  readonly entry: NotificationView;
  onOpen(notification: NotificationView): void;
}

function Entry({ entry, onOpen }: EntryProps) {
  const { t } = useTranslation();
  return (
    <UnstyledButton className="inbox-entry" onClick={() => onOpen(entry)}>
      <EntryIcon entry={entry} />
      <span className="inbox-text">
        <span className={entry.unseen ? 'inbox-title inbox-unseen' : 'inbox-title'}>
          {messageText(entry.titleMessage, entry.title)}
          {entry.unseen && <span className="inbox-dot" role="img" aria-label={t('inbox.new')} />}
        </span>
        <span className="faint small">{messageText(entry.bodyMessage, entry.body)}</span>
        <span className="faint small">
          <Ago time={entry.at} />
        </span>
      </span>
    </UnstyledButton>
  );
}

/** The icon of a notification: its shape shows the subject, its colour the outcome. */
function EntryIcon({ entry }: { readonly entry: NotificationView }) {
  const { outcome } = entry;
  const Kind = iconOf(entry);
  return <Kind size={18} stroke={1.7} className={`inbox-icon inbox-${outcome ?? 'info'}`} aria-hidden />;
}

function iconOf({ count, job, backup, page, outcome }: NotificationView) {
  if (count !== undefined && count > 1) return IconStack2;
  if (backup !== undefined) return IconDatabaseExport;
  if (job !== undefined) return IconCubeSend;
  if (outcome === 'failed') return page === undefined ? IconCircleX : IconAlertTriangle;
  return outcome === 'success' ? IconCircleCheck : IconBell;
}
