import { Button, Menu, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Settings, Status } from '../../preload/contract/index.ts';
import { useAct } from '../queries.ts';
import { SaveForm } from './save-form.tsx';
import { Section } from './section.tsx';
import { useStoredValues } from './stored-values.ts';
import { TunnelCheck } from './tunnel-check.tsx';
import {
  changeOf,
  faultsIn,
  newProvider,
  type ProviderDraft,
  type ProviderKind,
  providerKinds,
  startTunnel,
  type TunnelDraft,
} from './tunnel-draft.ts';
import { linkOf } from './tunnel-link.ts';
import { TunnelProvider } from './tunnel-provider.tsx';

interface TunnelSectionProps {
  readonly settings: Settings;
  readonly status: Status;
}

/** How callbacks reach this computer: the tunnel providers in order of failover, with their states. */
export function TunnelSection({ settings, status }: TunnelSectionProps) {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  const form = useForm<TunnelDraft>({
    initialValues: startTunnel(settings),
    validate: (draft) => faultsIn(draft, t('common.required')),
  });
  useStoredValues(form, startTunnel(settings));
  const { providers } = form.values;
  // Does not use the form's list functions, which lose track of whether values were changed.
  const order = (next: readonly ProviderDraft[]): void => {
    form.clearErrors();
    form.setFieldValue('providers', next);
  };
  const add = (kind: ProviderKind): void => order([...providers, newProvider(kind, crypto.randomUUID())]);
  const submit = form.onSubmit((draft) => save.mutate(changeOf(draft), { onSuccess: () => form.resetDirty() }));
  return (
    <Section title={t('settings.tunnel')} help={t('settings.tunnelHelp')}>
      <SaveForm dirty={form.isDirty()} save={save} onSubmit={submit} beside={<TunnelCheck tunnel={status.tunnel} />}>
        {providers.length === 0 && <Text size="sm">{t('settings.offHelp')}</Text>}
        {providers.length > 1 && <Text size="sm">{t('settings.orderHelp')}</Text>}
        {providers.length > 0 && (
          <ol className="providers">
            {providers.map((provider, index) => (
              <TunnelProvider
                key={provider.key}
                provider={provider}
                index={index}
                form={form}
                onMove={(to) => order(providers.toSpliced(index, 1).toSpliced(to, 0, provider))}
                onRemove={() => order(providers.toSpliced(index, 1))}
                link={linkOf(provider, settings, status.tunnel)}
                receiver={settings.receiver.port === 0 ? undefined : status.receiver.port}
              />
            ))}
          </ol>
        )}
        <AddTunnel onAdd={add} />
        {providers.length > 0 && (
          <Switch
            label={t('settings.whenNeeded')}
            description={t('settings.whenNeededHelp')}
            {...form.getInputProps('whenNeeded', { type: 'checkbox' })}
          />
        )}
      </SaveForm>
    </Section>
  );
}

function AddTunnel({ onAdd }: { readonly onAdd: (kind: ProviderKind) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" width={420} withinPortal>
      <Menu.Target>
        <Button variant="default" className="provider-add" leftSection={<IconPlus size={15} aria-hidden />}>
          {t('settings.addTunnel')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {providerKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
            <Text size="sm">{t(`settings.${kind}`)}</Text>
            <Text size="xs">{t(`settings.${kind}Short`)}</Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
