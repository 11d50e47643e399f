import { ActionIcon, Indicator, Popover, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../queries.ts';
import { useLeftAt } from './away.ts';
import { InboxList } from './inbox-list.tsx';
import { useSeenWhereOpen } from './seen.ts';

/** The bell with the number of unseen notifications; a click lists them. */
export function Inbox() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const unseen = useStatus()?.unseen ?? 0;
  const leftAt = useLeftAt();
  useSeenWhereOpen(unseen);
  const label = unseen > 0 ? t('inbox.unseen', { count: unseen }) : t('inbox.title');
  useEffect(() => {
    document.title = unseen > 0 ? `(${unseen}) Ringback` : 'Ringback';
  }, [unseen]);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="right-start"
      width="min(400px, 100vw - 72px)"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Tooltip label={label} position="right" disabled={isOpen}>
          <ActionIcon
            className="inbox-bell"
            variant="subtle"
            color="gray"
            aria-label={label}
            onClick={() => setOpen(!isOpen)}
          >
            <Indicator label={unseen > 99 ? '99+' : unseen} size={15} disabled={unseen === 0} inline>
              <IconBell size={18} stroke={1.7} aria-hidden />
            </Indicator>
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('inbox.title')}>
        <InboxList leftAt={leftAt} onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
