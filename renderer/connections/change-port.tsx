import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../parts/index.ts';
import { useAct, useConnectors } from '../queries.ts';
import { ConnectionField } from './connection-field.tsx';
import { RedirectUris } from './redirect-uris.tsx';
import type { ConnectionDialogProps } from './rename-connection.tsx';
import { redirectUrisOf } from './sign-in.ts';

/** Changes the port of the sign-in's redirect URI, where other programs use the usual ones. */
export function ChangePort({ connection, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation();
  const update = useAct('connections.update');
  const connector = useConnectors().data?.find(({ id }) => id === connection.connector);
  const name = connector?.signIn?.portField ?? '';
  const field = connector?.fields.find((one) => one.name === name);
  const form = useForm({ initialValues: { port: connection.settings[name] ?? '' } });
  if (!connector || !field) return null;
  return (
    <FormDialog
      title={t('signIn.portTitle', { name: connection.name })}
      action={t('common.save')}
      pending={update.isPending}
      problem={update.error}
      onSubmit={form.onSubmit(({ port }) =>
        update.mutate({ id: connection.id, settings: { [name]: port.trim() } }, { onSuccess: onClose }),
      )}
      onClose={onClose}
    >
      <ConnectionField field={field} input={form.getInputProps('port')} />
      <RedirectUris uris={redirectUrisOf(connector, { [name]: form.values.port })} />
    </FormDialog>
  );
}
