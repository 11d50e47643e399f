import { useTranslation } from 'react-i18next';
import type { Hook, Input } from '../../preload/contract/index.ts';
import { useHookNames } from '../hook-name.ts';
import { ConfirmDialog, useRemove } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { HookEditDialog } from './hook-edit-dialog.tsx';

export type HookAction = 'pause' | 'resume' | 'rotate' | 'remove' | 'edit';

interface HookDialogProps {
  readonly hook: Hook;
  readonly action: HookAction;
  onClose(): void;
}

const changeOf = {
  pause: { status: 'inactive' },
  resume: { status: 'active' },
  rotate: { rotateSecret: true },
} as const satisfies Record<string, Omit<Input<'hooks.update'>, 'id'>>;

/** Confirms a change of a hook; an external one needs an explicit confirmation. */
export function HookDialog({ hook, action, onClose }: HookDialogProps) {
  const { t } = useTranslation();
  const update = useAct('hooks.update');
  const names = useHookNames();
  const removal = useRemove();
  if (action === 'edit') return <HookEditDialog hook={hook} onClose={onClose} />;
  const which = { id: hook.id, ...(hook.ours ? {} : { foreign: true }) };
  const done = { onSuccess: onClose };
  const confirm = () =>
    action === 'remove'
      ? removal.remove([{ method: 'hooks.remove', input: which, name: names.short(hook) }], onClose)
      : update.mutate({ ...which, ...changeOf[action] }, done);
  const running = action === 'remove' ? removal : update;
  return (
    <ConfirmDialog
      title={t(`hookDialog.${action}Title`)}
      text={t(`hookDialog.${action}`)}
      action={t(`hook.${action}`)}
      danger={action === 'remove'}
      confirmation={hook.ours ? undefined : t('hookDialog.external')}
      pending={running.isPending}
      problem={running.error}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}
