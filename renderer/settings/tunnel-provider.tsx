import { ActionIcon, Group, Stack, Text, Tooltip } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TunnelLink } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import type { ProviderDraft, TunnelDraft } from './tunnel-draft.ts';
import { TunnelProviderFields } from './tunnel-provider-fields.tsx';

interface TunnelProviderProps {
  readonly provider: ProviderDraft;
  readonly index: number;
  readonly form: UseFormReturnType<TunnelDraft>;
  /** The provider's state, where it is in use with these values. */
  readonly link: TunnelLink | undefined;
  /** The port to which a custom URL must lead; undefined where it changes at each start. */
  readonly receiver: number | undefined;
  onMove(to: number): void;
  onRemove(): void;
}

/** One tunnel provider: its state, its position in the order, and its fields. */
export function TunnelProvider({ provider, index, form, link, receiver, onMove, onRemove }: TunnelProviderProps) {
  const { t } = useTranslation();
  const name = t(`settings.${provider.provider}`);
  const count = form.values.providers.length;
  return (
    <li className="provider" aria-label={name}>
      <Group gap={8} wrap="nowrap" align="center">
        <Text fw={600} size="sm">
          {name}
        </Text>
        {link && <ProviderState link={link} />}
        <Group gap={2} ml="auto" wrap="nowrap">
          {count > 1 && (
            <>
              <ProviderAction
                label={t('settings.moveUp', { name })}
                disabled={index === 0}
                onClick={() => onMove(index - 1)}
              >
                <IconArrowUp size={15} aria-hidden />
              </ProviderAction>
              <ProviderAction
                label={t('settings.moveDown', { name })}
                disabled={index === count - 1}
                onClick={() => onMove(index + 1)}
              >
                <IconArrowDown size={15} aria-hidden />
              </ProviderAction>
            </>
          )}
          <ProviderAction label={t('settings.removeTunnel', { name })} onClick={onRemove}>
            <IconX size={15} aria-hidden />
          </ProviderAction>
        </Group>
      </Group>
      <Stack gap="xs">
        {link?.problem && <Text size="sm">{messageText(link.reason, link.problem)}</Text>}
        <TunnelProviderFields provider={provider} index={index} form={form} receiver={receiver} />
      </Stack>
    </li>
  );
}

interface ProviderActionProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
  onClick(): void;
}

function ProviderAction({ label, disabled = false, children, onClick }: ProviderActionProps) {
  return (
    <Tooltip label={label} disabled={disabled}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

const lights = { waiting: 'off', connecting: 'busy', up: 'good', down: 'bad' } as const;

function ProviderState({ link: { state, used, proving } }: { readonly link: TunnelLink }) {
  const { t } = useTranslation();
  const kind = proving ? 'proving' : state === 'up' && !used ? 'reserve' : state;
  return (
    <Group gap={6} wrap="nowrap">
      <span className={`lamp-dot lamp-${proving ? 'busy' : lights[state]}`} aria-hidden="true" />
      <Text size="xs" c="dimmed">
        {t(`settings.tunnelState.${kind}`)}
      </Text>
    </Group>
  );
}
