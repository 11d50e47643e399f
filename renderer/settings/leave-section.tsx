import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../parts/index.ts';
import { useAct, useAnswer } from '../queries.ts';
import { Section } from './section.tsx';

/** Removes Ringback's hooks and data; the program itself is uninstalled by the system. */
export function LeaveSection() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('settings.leave.title')} help={t('settings.leave.help')}>
      <Button variant="default" onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
        {t('settings.leave.button')}
      </Button>
      {open && <LeaveDialog onClose={() => setOpen(false)} />}
    </Section>
  );
}

function LeaveDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [keepHooks, setKeepHooks] = useState(false);
  const { data } = useAnswer('leave.preview', {});
  const remove = useAct('leave.remove');
  if (data === undefined) return null;
  const { hooks: count, folder, backups } = data;
  return (
    <ConfirmDialog
      danger
      title={t('settings.leave.question')}
      text={t(keepHooks || count === 0 ? 'settings.leave.data' : 'settings.leave.all', { count, folder, backups })}
      confirmation={t('settings.leave.confirmation')}
      action={t('settings.leave.action')}
      pending={remove.isPending || remove.isSuccess}
      problem={remove.error}
      onConfirm={() => remove.mutate({ keepHooks })}
      onClose={onClose}
    >
      {count > 0 && (
        <Checkbox
          label={t('settings.leave.keepHooks')}
          checked={keepHooks}
          onChange={(event) => setKeepHooks(event.currentTarget.checked)}
        />
      )}
    </ConfirmDialog>
  );
}
