import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog, useRemove } from '../parts/index.ts';
import { useHooks } from '../queries.ts';
import type { ConnectionDialogProps } from './rename-connection.tsx';

/** Removes a connection, with or without its hooks at the provider. */
export function RemoveConnection({ connection, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation();
  const removal = useRemove();
  const [keepHooks, setKeepHooks] = useState(false);
  const hooks = useHooks().data ?? [];
  const count = hooks.filter((hook) => hook.ours && hook.connection === connection.id).length;
  return (
    <ConfirmDialog
      title={t('connectionRemove.title', { name: connection.name })}
      text={[
        t('connectionRemove.text', { count: keepHooks ? 0 : count }),
        ...(connection.signIn?.state === 'signed-in' ? [t('connectionRemove.signsOut')] : []),
      ].join(' ')}
      action={t('connections.remove')}
      danger
      pending={removal.isPending}
      problem={removal.error}
      onConfirm={() =>
        removal.remove(
          [{ method: 'connections.remove', input: { id: connection.id, keepHooks }, name: connection.name }],
          onClose,
        )
      }
      onClose={onClose}
    >
      {count > 0 && (
        <Checkbox
          label={t('connectionRemove.leaveHooks')}
          description={t('connectionRemove.leaveHooksHelp')}
          checked={keepHooks}
          onChange={(event) => setKeepHooks(event.currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  );
}
