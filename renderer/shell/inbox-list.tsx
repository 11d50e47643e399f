import { Button, Loader, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NotificationView } from '../../preload/contract.ts';
import { shortOf } from '../clock.ts';
import { messageText } from '../message-text.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';
import { Ago } from '../time.tsx';
import { useWindow } from '../window-context.ts';
import { targetOf } from './notification-target.ts';

const listed = 50;

interface InboxListProps {
  /** What came after this time is listed by itself. */
  readonly leftAt: string | undefined;
  onClose(): void;
}

/** The latest notifications; one that is opened has been seen. */
export function InboxList({ leftAt, onClose }: InboxListProps) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const { data: notifications, error } = useAnswer('notifications.list', { limit: listed });
  const markSeen = useAct('notifications.seen');
  const open = (notification: NotificationView) => {
    if (notification.unseen && notification.id) markSeen.mutate({ ids: [notification.id] });
    const target = targetOf(notification);
    if (!target) return;
    view.set(target);
    onClose();
  };
  const since = notifications?.filter(({ at }) => leftAt !== undefined && at >= leftAt) ?? [];
  const earlier = notifications?.filter((each) => !since.includes(each)) ?? [];
  return (
    <div className="inbox">
      <header className="inbox-head">
        <Title order={2}>{t('inbox.title')}</Title>
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={!notifications?.some(({ unseen }) => unseen)}
          onClick={() => markSeen.mutate({ all: true })}
        >
          {t('inbox.markAll')}
        </Button>
      </header>
      <ProblemNote problem={error} />
      {!notifications && !error && <Loader size="sm" m="md" aria-label={t('common.loading')} />}
      {notifications?.length === 0 && <p className="inbox-empty">{t('inbox.empty')}</p>}
      {leftAt && <Entries title={t('inbox.sinceLeft', { time: shortOf(leftAt) })} entries={since} onOpen={open} />}
      <Entries title={since.length > 0 ? t('inbox.earlier') : undefined} entries={earlier} onOpen={open} />
    </div>
  );
}

interface EntriesProps {
  readonly title: string | undefined;
  readonly entries: readonly NotificationView[];
  onOpen(notification: NotificationView): void;
}

function Entries({ title, entries, onOpen }: EntriesProps) {
  const { t } = useTranslation();
  if (entries.length === 0) return null;
  return (
    <section aria-label={title}>
      {title && <h3 className="inbox-group">{title}</h3>}
      <ul className="inbox-entries">
        {entries.map((entry) => (
          <li key={entry.id ?? entry.at}>
            <UnstyledButton className="inbox-entry" onClick={() => onOpen(entry)}>
              <span className={entry.unseen ? 'inbox-title inbox-unseen' : 'inbox-title'}>
                {messageText(entry.titleMessage, entry.title)}
                {entry.unseen && <span className="inbox-dot" role="img" aria-label={t('inbox.new')} />}
              </span>
              <span className="faint small">{messageText(entry.bodyMessage, entry.body)}</span>
              <span className="faint small">
                <Ago time={entry.at} />
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
