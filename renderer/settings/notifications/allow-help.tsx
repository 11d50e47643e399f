import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../../queries.ts';
import { notificationSystems } from './systems.ts';

/** How to allow notifications, unfolded where the system rejected one. */
export function AllowHelp({ refused }: { readonly refused: boolean }) {
  const { t } = useTranslation();
  const desktop = useStatus()?.desktop ?? true;
  return (
    <details open={refused}>
      <summary>{t('notificationHelp.title')}</summary>
      <ul className="note-list">
        {notificationSystems(navigator.userAgent, desktop).map((system) => (
          <li key={system}>
            <Text size="sm">{t(`notificationHelp.${system}`)}</Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
