import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BackupAccount } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';

interface StartButtonProps {
  readonly account: BackupAccount;
  readonly pending: boolean;
  onStart(request: string): void;
}

/** Requests the connector's first kind of backup; the other kinds are in a menu beside it. */
export function StartButton({ account: { name, requests }, pending, onStart }: StartButtonProps) {
  const { t } = useTranslation();
  const [first, ...others] = requests;
  if (!first) return null;
  return (
    <Button.Group>
      <Button
        leftSection={<IconDownload size={15} aria-hidden />}
        loading={pending}
        aria-label={t('backups.startOf', { name })}
        onClick={() => onStart(first.id)}
      >
        {t('backups.start')}
      </Button>
      {others.length > 0 && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button className="start-more" px={7} aria-label={t('backups.otherRequests', { name })}>
              <IconChevronDown size={15} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map(({ id, title, titleMessage }) => (
              <Menu.Item key={id} onClick={() => onStart(id)}>
                {messageText(titleMessage, title)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Button.Group>
  );
}
