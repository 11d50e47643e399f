import { PasswordInput, SegmentedControl, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { NetworkSettings } from '../../../preload/contract/index.ts';
import { useAct } from '../../queries.ts';
import { SaveForm } from '../save-form.tsx';
import { Section } from '../section.tsx';
import { useStoredValues } from '../stored-values.ts';
import { isPasswordKept, type ProxyDraft, proxyChange, proxyModes, startProxy } from './proxy-draft.ts';

interface NetworkSectionProps {
  readonly settings: NetworkSettings | undefined;
  readonly desktop: boolean;
}

/** How requests leave this computer: through the system's proxy, directly, or through the proxy entered here. */
export function NetworkSection({ settings, desktop }: NetworkSectionProps) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const form = useForm<ProxyDraft>({
    initialValues: startProxy(settings),
    validate: { url: (url, { mode }) => (mode === 'manual' && !url.trim() ? t('common.required') : null) },
  });
  useStoredValues(form, startProxy(settings));
  const { mode } = form.values;
  const submit = form.onSubmit((draft) =>
    save.mutate(
      { network: proxyChange(draft) },
      {
        onSuccess(stored) {
          const values = startProxy(stored.network);
          form.setInitialValues(values);
          form.setValues(values);
          form.resetDirty(values);
        },
      },
    ),
  );
  return (
    <Section title={t('settings.network.title')} help={t('settings.network.help')}>
      <SaveForm dirty={form.isDirty()} save={save} onSubmit={submit}>
        <SegmentedControl
          aria-label={t('settings.network.proxy')}
          data={proxyModes.map((value) => ({ value, label: t(`settings.network.${value}`) }))}
          {...form.getInputProps('mode')}
        />
        {mode === 'system' && (
          <Text size="sm">{t(desktop ? 'settings.network.systemHelp' : 'settings.network.environmentHelp')}</Text>
        )}
        {mode === 'none' && <Text size="sm">{t('settings.network.noneHelp')}</Text>}
        {mode === 'manual' && <ManualProxy form={form} isPasswordKept={isPasswordKept(settings, form.values)} />}
        {mode !== 'none' && (
          <Text size="xs" c="dimmed">
            {t('settings.network.tunnels')}
          </Text>
        )}
      </SaveForm>
    </Section>
  );
}

interface ManualProxyProps {
  readonly form: UseFormReturnType<ProxyDraft>;
  readonly isPasswordKept: boolean;
}

function ManualProxy({ form, isPasswordKept: kept }: ManualProxyProps) {
  const { t } = useTranslation();
  const hasUser = form.values.username.trim() !== '';
  return (
    <>
      <TextInput
        label={t('settings.network.url')}
        placeholder="http://proxy.example:8080"
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        {...form.getInputProps('url')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t('settings.network.username')}
          description={t('settings.network.usernameHelp')}
          spellCheck={false}
          autoComplete="off"
          {...form.getInputProps('username')}
        />
        <PasswordInput
          label={t('settings.network.password')}
          description={t(kept ? 'settings.network.passwordKept' : 'settings.network.passwordHelp')}
          disabled={!hasUser}
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
      </SimpleGrid>
      <Textarea
        label={t('settings.network.bypass')}
        description={t('settings.network.bypassHelp')}
        placeholder="intranet.example, 10.0.0.0/8"
        autosize
        minRows={1}
        maxRows={6}
        spellCheck={false}
        {...form.getInputProps('bypass')}
      />
    </>
  );
}
