import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../preload/contract/index.ts';
import { useAct } from '../queries.ts';
import { ProblemNote } from './problem-note.tsx';

interface MuteMenuProps {
  /** Shows only an icon, with this name of what it mutes. */
  readonly iconFor?: string;
  readonly target: { readonly event: string } | { readonly hook: string } | { readonly notification: string };
}

const hoursOf = { hour: 1, day: 24 } as const;

/** Mutes the notifications of an event type, a hook, or the subject of a notification. */
export function MuteMenu({ target, iconFor }: MuteMenuProps) {
  const { t } = useTranslation();
  const mute = useAct('notifications.mute');
  const choose = (options: Pick<Input<'notifications.mute'>, 'mode' | 'hours'>) =>
    mute.mutate({ ...target, ...options });
  return (
    <div>
      {/* The icon is in a list that closes at clicks outside it, so its menu must be inside that list. */}
      <Menu position={iconFor === undefined ? 'bottom-start' : 'bottom-end'} withinPortal={iconFor === undefined}>
        <Menu.Target>
          {iconFor === undefined ? (
            <Button variant="default" loading={mute.isPending} leftSection={<IconBellOff size={15} aria-hidden />}>
              {t('mute.label')}
            </Button>
          ) : (
            <ActionIcon variant="subtle" color="gray" aria-label={t('mute.labelFor', { name: iconFor })}>
              <IconBellOff size={15} aria-hidden />
            </ActionIcon>
          )}
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('mute.help')}</Menu.Label>
          {(['hour', 'day'] as const).map((time) => (
            <Menu.Item key={time} onClick={() => choose({ mode: 'off', hours: hoursOf[time] })}>
              {t(`mute.${time}`)}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => choose({ mode: 'off' })}>{t('mute.always')}</Menu.Item>
          <Menu.Divider />
          {(['silent', 'digest'] as const).map((mode) => (
            <Menu.Item key={mode} onClick={() => choose({ mode })}>
              {t(`mute.${mode}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <div aria-live="polite" className="faint small">
        {mute.isSuccess ? t('mute.done') : ''}
      </div>
      <ProblemNote problem={mute.error} />
    </div>
  );
}
