import { NumberInput, SimpleGrid, Switch, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { limits } from '../../preload/limits.ts';
import { HelpLink } from '../parts/index.ts';
import type { ProviderDraft, TunnelDraft } from './tunnel-draft.ts';

interface ProviderFieldsProps {
  readonly provider: ProviderDraft;
  readonly index: number;
  readonly form: UseFormReturnType<TunnelDraft>;
  readonly receiver: number | undefined;
}

const helpBelow: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description'];

export function TunnelProviderFields(props: ProviderFieldsProps) {
  switch (props.provider.provider) {
    case 'fixed':
      return <CustomUrlFields {...props} />;
    case 'localtunnel':
      return <LocaltunnelFields {...props} />;
    case 'ssh':
      return <SshFields {...props} />;
    case 'cloudflared':
      return <CloudflaredFields {...props} />;
  }
}

function CustomUrlFields({ index, form, receiver }: ProviderFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">
        {receiver === undefined ? t('settings.portChanges') : t('settings.fixedHelp', { port: receiver })}
      </Text>
      <ProviderText index={index} form={form} name="url" text="url" placeholder="https://hooks.example.com" />
      <Switch
        label={t('settings.trusted')}
        description={t('settings.trustedHelp')}
        {...form.getInputProps(`providers.${index}.trusted`, { type: 'checkbox' })}
      />
    </>
  );
}

function LocaltunnelFields({ index, form }: ProviderFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('settings.localtunnelHelp')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <ProviderText index={index} form={form} name="host" text="host" />
        <ProviderText index={index} form={form} name="subdomain" text="subdomain" />
      </SimpleGrid>
      <HelpLink id="localtunnel" label={t('helpLinks.localtunnel')} />
    </>
  );
}

function SshFields({ index, form }: ProviderFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('settings.sshHelp')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <ProviderText
          index={index}
          form={form}
          name="destination"
          text="destination"
          placeholder="me@server.example.com"
        />
        <ProviderText index={index} form={form} name="url" text="sshUrl" placeholder="https://hooks.example.com" />
        <ProviderPort index={index} form={form} name="port" />
        <ProviderPort index={index} form={form} name="remotePort" />
      </SimpleGrid>
    </>
  );
}

function CloudflaredFields({ index, form }: ProviderFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('settings.cloudflaredHelp')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <ProviderText index={index} form={form} name="tunnel" text="tunnelName" />
        <ProviderText index={index} form={form} name="url" text="tunnelUrl" placeholder="https://hooks.example.com" />
      </SimpleGrid>
    </>
  );
}

interface ProviderFieldProps extends Pick<ProviderFieldsProps, 'index' | 'form'> {
  readonly placeholder?: string;
}

type FieldText = 'url' | 'sshUrl' | 'tunnelUrl' | 'host' | 'subdomain' | 'destination' | 'tunnelName';
interface ProviderTextProps extends ProviderFieldProps {
  readonly name: keyof ProviderDraft;
  /** The texts of the field, which differ by kind of provider. */
  readonly text: FieldText;
}

function ProviderText({ index, form, name, text, placeholder }: ProviderTextProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t(`settings.${text}`)}
      description={t(`settings.${text}Help`)}
      inputWrapperOrder={helpBelow}
      spellCheck={false}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...form.getInputProps(`providers.${index}.${name}`)}
    />
  );
}

function ProviderPort({ index, form, name }: ProviderFieldProps & { readonly name: 'port' | 'remotePort' }) {
  const { t } = useTranslation();
  return (
    <NumberInput
      label={t(`settings.${name}Ssh`)}
      description={t(`settings.${name}SshHelp`)}
      inputWrapperOrder={helpBelow}
      min={1}
      max={limits.port}
      allowDecimal={false}
      {...form.getInputProps(`providers.${index}.${name}`)}
    />
  );
}
