import { SegmentedControl, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Settings, Status } from '../../preload/contract.ts';
import { HelpLink } from '../parts/help-link.tsx';
import { useAct } from '../queries.ts';
import { useKeptValues } from './kept-values.ts';
import { SaveForm } from './save-form.tsx';
import { Section } from './section.tsx';
import { TunnelCheck } from './tunnel-check.tsx';
import { missingInTunnel, startTunnel, type TunnelDraft, tunnelOf } from './tunnel-draft.ts';

interface TunnelSectionProps {
  readonly settings: Settings;
  readonly status: Status;
}

const helpBelow: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description'];
const providers = ['off', 'fixed', 'localtunnel'] as const;

/** How callbacks reach this computer: not at all, through the user's own address, or through localtunnel. */
export function TunnelSection({ settings, status }: TunnelSectionProps) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const form = useForm<TunnelDraft>({
    initialValues: startTunnel(settings.tunnel),
    validate: (draft) => Object.fromEntries(missingInTunnel(draft).map((field) => [field, t('common.required')])),
  });
  useKeptValues(form, startTunnel(settings.tunnel));
  const submit = form.onSubmit((draft) =>
    save.mutate({ tunnel: tunnelOf(draft) }, { onSuccess: () => form.resetDirty() }),
  );
  const { provider } = form.values;
  const help = t(`settings.${provider}Help`, { port: status.receiver.port });
  return (
    <Section title={t('settings.tunnel')} help={t('settings.tunnelHelp')}>
      <SaveForm dirty={form.isDirty()} save={save} onSubmit={submit} beside={<TunnelCheck tunnel={status.tunnel} />}>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('settings.tunnel')}
          data={providers.map((value) => ({ value, label: t(`settings.${value}`) }))}
          {...form.getInputProps('provider')}
        />
        <Text size="sm">{help}</Text>
        {provider === 'fixed' && settings.receiver.port === 0 && <Text size="sm">{t('settings.portChanges')}</Text>}
        {provider === 'fixed' && (
          <TextInput
            label={t('settings.url')}
            description={t('settings.urlHelp')}
            placeholder="https://hooks.example.com"
            inputMode="url"
            spellCheck={false}
            {...form.getInputProps('url')}
          />
        )}
        {provider === 'localtunnel' && (
          <>
            <SimpleGrid cols={2} spacing="sm">
              <TextInput
                label={t('settings.host')}
                description={t('settings.hostHelp')}
                inputWrapperOrder={helpBelow}
                inputMode="url"
                spellCheck={false}
                {...form.getInputProps('host')}
              />
              <TextInput
                label={t('settings.subdomain')}
                description={t('settings.subdomainHelp')}
                inputWrapperOrder={helpBelow}
                spellCheck={false}
                {...form.getInputProps('subdomain')}
              />
            </SimpleGrid>
            <HelpLink link="localtunnel" />
          </>
        )}
      </SaveForm>
    </Section>
  );
}
