import { Textarea, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../parts/index.ts';
import { useAct } from '../queries.ts';

interface CreateFormProps {
  onCreated(): void;
  onClose(): void;
}

/** Makes this computer the receiver of a new team. */
export function CreateForm({ onCreated, onClose }: CreateFormProps) {
  const { t } = useTranslation();
  const create = useAct('team.create');
  const required = isNotEmpty(t('common.required'));
  const form = useForm({
    initialValues: { name: '', servers: '', authority: '' },
    validate: { name: required, servers: required },
  });
  const submit = form.onSubmit(({ name, servers, authority }) =>
    create.mutate(
      {
        name: name.trim(),
        servers: servers.split(/[\s,]+/).filter(Boolean),
        ...(authority.trim() ? { tls: { authority: authority.trim() } } : {}),
      },
      { onSuccess: onCreated },
    ),
  );
  return (
    <FormDialog
      title={t('team.create')}
      action={t('team.create')}
      pending={create.isPending}
      problem={create.error}
      problemTitle={t('teamForm.createFailed')}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t('teamForm.name')} data-autofocus {...form.getInputProps('name')} />
      <Textarea
        label={t('teamForm.servers')}
        description={t('teamForm.serversHelp')}
        placeholder="tls://nats.example:4222"
        autosize
        minRows={1}
        {...form.getInputProps('servers')}
      />
      <Textarea
        label={t('teamForm.authority')}
        description={t('teamForm.authorityHelp')}
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={1}
        maxRows={5}
        {...form.getInputProps('authority')}
      />
    </FormDialog>
  );
}
