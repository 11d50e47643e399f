import { Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../parts/index.ts';
import { useAct, useConnectors } from '../queries.ts';
import { ConnectionField } from './connection-field.tsx';
import { applicable, requestOf, startValues } from './field-values.ts';
import type { ConnectionDialogProps } from './rename-connection.tsx';

/** New secrets for a connection; the old ones are never shown. */
export function ReplaceSecrets({ connection, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation();
  const update = useAct('connections.update');
  const connector = useConnectors().data?.find(({ id }) => id === connection.connector);
  const all = connector?.fields ?? [];
  const fields = applicable(all, { ...startValues(all), ...connection.settings }).filter(
    ({ kind }) => kind === 'secret',
  );
  const form = useForm<{ readonly values: Readonly<Record<string, string>> }>({
    initialValues: { values: Object.fromEntries(fields.map(({ name }) => [name, ''])) },
  });
  const { secrets } = requestOf(fields, form.values.values);
  return (
    <FormDialog
      title={t('connectionForm.replaceTitle', { name: connection.name })}
      action={t('common.save')}
      pending={update.isPending}
      problem={update.error}
      disabled={Object.keys(secrets).length === 0}
      onSubmit={form.onSubmit(() => update.mutate({ id: connection.id, secrets }, { onSuccess: onClose }))}
      onClose={onClose}
    >
      <Text size="sm">{t('connectionForm.replaceHelp')}</Text>
      {fields.map((field) => (
        <ConnectionField key={field.name} field={field} input={form.getInputProps(`values.${field.name}`)} optional />
      ))}
    </FormDialog>
  );
}
