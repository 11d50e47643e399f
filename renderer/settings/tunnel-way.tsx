import { ActionIcon, Group, Stack, Text, Tooltip } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TunnelLink } from '../../preload/contract.ts';
import type { TunnelDraft, WayDraft } from './tunnel-draft.ts';
import { TunnelWayFields } from './tunnel-way-fields.tsx';

interface TunnelWayProps {
  readonly way: WayDraft;
  readonly index: number;
  readonly form: UseFormReturnType<TunnelDraft>;
  /** How it stands, where it is in use as it is typed. */
  readonly link: TunnelLink | undefined;
  /** The port to which an own address has to lead; undefined where it changes at every start. */
  readonly receiver: number | undefined;
  onMove(to: number): void;
  onRemove(): void;
}

/** One of the ways: what it is, how it stands and why, its place in the order, and its fields. */
export function TunnelWay({ way, index, form, link, receiver, onMove, onRemove }: TunnelWayProps) {
  const { t } = useTranslation();
  const name = t(`settings.${way.provider}`);
  const count = form.values.ways.length;
  return (
    <li className="way" aria-label={name}>
      <Group gap={8} wrap="nowrap" align="center">
        <Text fw={600} size="sm">
          {name}
        </Text>
        {link && <WayState link={link} />}
        <Group gap={2} ml="auto" wrap="nowrap">
          {count > 1 && (
            <>
              <WayAction
                label={t('settings.moveUp', { name })}
                disabled={index === 0}
                onClick={() => onMove(index - 1)}
              >
                <IconArrowUp size={15} aria-hidden />
              </WayAction>
              <WayAction
                label={t('settings.moveDown', { name })}
                disabled={index === count - 1}
                onClick={() => onMove(index + 1)}
              >
                <IconArrowDown size={15} aria-hidden />
              </WayAction>
            </>
          )}
          <WayAction label={t('settings.removeWay', { name })} onClick={onRemove}>
            <IconX size={15} aria-hidden />
          </WayAction>
        </Group>
      </Group>
      <Stack gap="xs">
        {link?.problem && <Text size="sm">{link.problem}</Text>}
        <TunnelWayFields way={way} index={index} form={form} receiver={receiver} />
      </Stack>
    </li>
  );
}

interface WayActionProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
  onClick(): void;
}

function WayAction({ label, disabled = false, children, onClick }: WayActionProps) {
  return (
    <Tooltip label={label} disabled={disabled}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

const lights = { waiting: 'off', connecting: 'busy', up: 'good', down: 'bad' } as const;

function WayState({ link: { state, used, proving } }: { readonly link: TunnelLink }) {
  const { t } = useTranslation();
  const words = proving ? 'proving' : state === 'up' && !used ? 'reserve' : state;
  return (
    <Group gap={6} wrap="nowrap">
      <span className={`lamp-dot lamp-${proving ? 'busy' : lights[state]}`} aria-hidden="true" />
      <Text size="xs" c="dimmed">
        {t(`settings.wayState.${words}`)}
      </Text>
    </Group>
  );
}
