import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../preload/contract/index.ts';
import { limits } from '../../preload/limits.ts';
import { FormDialog } from '../parts/index.ts';
import { useAct } from '../queries.ts';

export interface ConnectionDialogProps {
  readonly connection: Connection;
  onClose(): void;
}

export function RenameConnection({ connection, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation();
  const update = useAct('connections.update');
  const form = useForm({
    initialValues: { name: connection.name },
    validate: { name: (name) => (name.trim() ? null : t('common.required')) },
  });
  return (
    <FormDialog
      title={t('connectionForm.renameTitle')}
      action={t('common.save')}
      pending={update.isPending}
      problem={update.error}
      onSubmit={form.onSubmit(({ name }) =>
        update.mutate({ id: connection.id, name: name.trim() }, { onSuccess: onClose }),
      )}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('connectionForm.name')}
        maxLength={limits.name}
        {...form.getInputProps('name')}
      />
    </FormDialog>
  );
}
