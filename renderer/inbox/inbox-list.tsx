import { Button, Loader, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NotificationView } from '../../preload/contract/index.ts';
import { shortOf } from '../clock.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';
import { NotificationEntries, useOpenNotification } from './notification-entries.tsx';

const listed = 50;

interface InboxListProps {
  /** Notifications after this time have a section of their own. */
  readonly leftAt: string | undefined;
  onClose(): void;
}

/** The latest notifications; opening one marks it as seen. */
export function InboxList({ leftAt, onClose }: InboxListProps) {
  const { t } = useTranslation();
  const { data: notifications, error } = useAnswer('notifications.list', { limit: listed });
  const markSeen = useAct('notifications.seen');
  const openNotification = useOpenNotification();
  const open = (notification: NotificationView) => {
    if (openNotification(notification)) onClose();
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
      {leftAt && (
        <NotificationEntries title={t('inbox.sinceLeft', { time: shortOf(leftAt) })} entries={since} onOpen={open} />
      )}
      <NotificationEntries title={since.length > 0 ? t('inbox.earlier') : undefined} entries={earlier} onOpen={open} />
    </div>
  );
}
