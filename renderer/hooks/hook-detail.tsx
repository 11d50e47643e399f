import { Button, Group, Menu, Title } from '@mantine/core';
import {
  IconBell,
  IconChevronDown,
  IconFilter,
  IconKey,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../preload/contract/index.ts';
import { DoctorButton, InactivityChoice } from '../doctor/index.ts';
import { useHookNames } from '../hook-name.ts';
import { messageText } from '../message-text.ts';
import { MuteMenu, Note, ProblemNote, useRemove } from '../parts/index.ts';
import { useWindow } from '../window-context.ts';
import { ForwardSection } from './forward/index.ts';
import { type HookAction, HookDialog } from './hook-dialog.tsx';
import { HookFacts } from './hook-facts.tsx';
import { HookMarks, HookStatus } from './hook-status.tsx';
import { UnsignedChoice } from './unsigned-choice.tsx';
import { useFixed } from './use-fixed.ts';

const helped = ['inactive', 'missing', 'unknown', 'reactivated'] as const;

/** One hook: its event and place, its state and its actions. */
export function HookDetail({ hook }: { readonly hook: Hook }) {
  const { t } = useTranslation();
  const names = useHookNames();
  const [action, setAction] = useState<HookAction>();
  const removal = useRemove();
  const remove = () => removal.remove([{ method: 'hooks.remove', input: { id: hook.id }, name: names.short(hook) }]);
  const disabledByProvider = hook.ours && hook.status === 'inactive' && !hook.paused;
  const help = disabledByProvider ? 'disabled' : helped.find((status) => status === hook.status);
  return (
    <div className="detail">
      <div className="detail-head">
        <div>
          <Title order={2}>{names.short(hook)}</Title>
          <Group gap="xs" mt={6}>
            <HookStatus hook={hook} />
            <HookMarks hook={hook} />
          </Group>
        </div>
      </div>
      {help && <p className="detail-summary">{t(`hookStatusHelp.${help}`)}</p>}
      {!hook.ours && (
        <Note kind="plain" title={t('hook.externalTitle')}>
          {t('hook.external')}
        </Note>
      )}
      {hook.problem && (
        <Note kind="bad" title={t('repair.failedTitle')}>
          {messageText(hook.problemMessage, hook.problem)}
        </Note>
      )}
      {hook.ours && hook.current === false && (
        <Note kind="warn" title={t('hook.oldTitle')}>
          {t('hook.old')}
        </Note>
      )}
      <HookActions hook={hook} onAction={(next) => (next === 'remove' && hook.ours ? remove() : setAction(next))} />
      <ProblemNote problem={removal.error} />
      <HookFacts hook={hook} />
      {hook.ours && <InactivityChoice hook={hook.id} />}
      <UnsignedChoice hook={hook} />
      {hook.ours && <ForwardSection hook={hook} />}
      {action && <HookDialog hook={hook} action={action} onClose={() => setAction(undefined)} />}
    </div>
  );
}

interface HookActionsProps {
  readonly hook: Hook;
  onAction(action: HookAction): void;
}

function HookActions({ hook, onAction }: HookActionsProps) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const fixed = useFixed()(hook);
  const missing = hook.status === 'missing';
  const paused = hook.status === 'inactive';
  const size = 15;
  return (
    <Group gap="xs">
      {hook.ours && (
        <Button
          variant="default"
          leftSection={<IconBell size={size} aria-hidden />}
          onClick={() => view.set({ page: 'events', q: `hook:${hook.id}` })}
        >
          {t('hook.events')}
        </Button>
      )}
      {!missing && !fixed && (
        <Button
          variant="default"
          leftSection={
            paused ? <IconPlayerPlay size={size} aria-hidden /> : <IconPlayerPause size={size} aria-hidden />
          }
          onClick={() => onAction(paused ? 'resume' : 'pause')}
        >
          {paused ? t('hook.resume') : t('hook.pause')}
        </Button>
      )}
      {hook.ours && <MuteMenu target={{ hook: hook.id }} />}
      {hook.ours && <DoctorButton subject={{ hook: hook.id }} />}
      {!missing && <MoreActions canEdit={!fixed} canRotate={hook.ours} onAction={onAction} />}
      <Button
        variant="default"
        className="danger"
        leftSection={<IconTrash size={size} aria-hidden />}
        onClick={() => onAction('remove')}
      >
        {t('hook.remove')}
      </Button>
    </Group>
  );
}

interface MoreActionsProps extends Pick<HookActionsProps, 'onAction'> {
  readonly canEdit: boolean;
  readonly canRotate: boolean;
}

/** Actions that are rarely needed. */
function MoreActions({ canEdit, canRotate, onAction }: MoreActionsProps) {
  const { t } = useTranslation();
  if (!canEdit && !canRotate) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t('hook.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {canEdit && (
          <Menu.Item leftSection={<IconFilter size={15} aria-hidden />} onClick={() => onAction('edit')}>
            {t('hook.edit')}
          </Menu.Item>
        )}
        {canRotate && (
          <Menu.Item leftSection={<IconKey size={15} aria-hidden />} onClick={() => onAction('rotate')}>
            {t('hook.rotate')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
