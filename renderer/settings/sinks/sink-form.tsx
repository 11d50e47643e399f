import { Group, Select, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../preload/limits.ts';
import { FormDialog } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';
import { emptyDraft, hasField, missingIn, requestOf, type SinkDraft, type SinkKind, usualPort } from './sink-draft.ts';

interface SinkFormProps {
  readonly kind: SinkKind;
  onClose(): void;
}

/** Adds a target of notifications. Credentials are stored encrypted and not shown again. */
export function SinkForm({ kind, onClose }: SinkFormProps) {
  const { t } = useTranslation();
  const add = useAct('sinks.add');
  const form = useForm<SinkDraft>({
    initialValues: emptyDraft,
    validate: (draft) => Object.fromEntries(missingIn(kind, draft).map((field) => [field, t('common.required')])),
  });
  const submit = form.onSubmit((draft) => add.mutate(requestOf(kind, draft), { onSuccess: onClose }));
  return (
    <FormDialog
      title={t('sinks.addTitle', { kind: t(`sinks.kinds.${kind}`) })}
      action={t('sinks.submit')}
      pending={add.isPending}
      problem={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {hasField(kind, 'url') && (
        <TextInput
          label={t('sinks.url')}
          description={t(`sinks.urlHelp.${kind === 'email' || kind === 'notify-send' ? 'webhook' : kind}`)}
          withAsterisk
          inputMode="url"
          spellCheck={false}
          {...form.getInputProps('url')}
        />
      )}
      {hasField(kind, 'token') && <SecretInput form={form} field="token" help={t('sinks.tokenHelp')} />}
      {kind === 'email' && <MailFields form={form} />}
      <TextInput
        label={t('sinks.name')}
        description={t('sinks.nameHelp')}
        maxLength={limits.sinkName}
        {...form.getInputProps('name')}
      />
    </FormDialog>
  );
}

type SinkFormState = UseFormReturnType<SinkDraft>;

interface SecretInputProps {
  readonly form: SinkFormState;
  readonly field: 'token' | 'password';
  readonly help: string;
}

function SecretInput({ form, field, help }: SecretInputProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t(`sinks.${field}`)}
      description={help}
      type="password"
      autoComplete="new-password"
      spellCheck={false}
      {...form.getInputProps(field)}
    />
  );
}

function MailFields({ form }: { readonly form: SinkFormState }) {
  const { t } = useTranslation();
  const securities = (['starttls', 'tls', 'none'] as const).map((value) => ({
    value,
    label: t(`sinks.securities.${value}`),
  }));
  const secure = (value: string | null) => {
    const security = securities.find((one) => one.value === value)?.value ?? 'starttls';
    form.setValues({ security, port: usualPort[security] });
  };
  return (
    <>
      <TextInput
        label={t('sinks.host')}
        description={t('sinks.hostHelp')}
        withAsterisk
        spellCheck={false}
        {...form.getInputProps('host')}
      />
      <Group gap="sm" align="end" grow>
        <Select
          label={t('sinks.security')}
          data={securities}
          allowDeselect={false}
          {...form.getInputProps('security')}
          onChange={secure}
        />
        <TextInput label={t('sinks.port')} withAsterisk inputMode="numeric" {...form.getInputProps('port')} />
      </Group>
      <TextInput
        label={t('sinks.from')}
        description={t('sinks.fromHelp')}
        withAsterisk
        inputMode="email"
        {...form.getInputProps('from')}
      />
      <TextInput
        label={t('sinks.to')}
        description={t('sinks.toHelp')}
        withAsterisk
        inputMode="email"
        {...form.getInputProps('to')}
      />
      <TextInput
        label={t('sinks.username')}
        description={t('sinks.usernameHelp')}
        autoComplete="off"
        {...form.getInputProps('username')}
      />
      <SecretInput form={form} field="password" help={t('sinks.passwordHelp')} />
    </>
  );
}
