import { NumberInput, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { HelpLink } from '../parts/index.ts';
import type { TunnelDraft, WayDraft } from './tunnel-draft.ts';

interface WayFieldsProps {
  readonly way: WayDraft;
  readonly index: number;
  readonly form: UseFormReturnType<TunnelDraft>;
  readonly receiver: number | undefined;
}

const helpBelow: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description'];

export function TunnelWayFields(props: WayFieldsProps) {
  switch (props.way.provider) {
    case 'fixed':
      return <OwnAddressFields {...props} />;
    case 'localtunnel':
      return <LocaltunnelFields {...props} />;
    case 'ssh':
      return <SshFields {...props} />;
    case 'cloudflared':
      return <CloudflaredFields {...props} />;
  }
}

function OwnAddressFields({ index, form, receiver }: WayFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">
        {receiver === undefined ? t('settings.portChanges') : t('settings.fixedHelp', { port: receiver })}
      </Text>
      <WayText index={index} form={form} name="url" words="url" placeholder="https://hooks.example.com" />
    </>
  );
}

function LocaltunnelFields({ index, form }: WayFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('settings.localtunnelHelp')}
      </Text>
      <SimpleGrid cols={2} spacing="sm">
        <WayText index={index} form={form} name="host" words="host" />
        <WayText index={index} form={form} name="subdomain" words="subdomain" />
      </SimpleGrid>
      <HelpLink link="localtunnel" />
    </>
  );
}

function SshFields({ index, form }: WayFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('settings.sshHelp')}
      </Text>
      <SimpleGrid cols={2} spacing="sm">
        <WayText index={index} form={form} name="destination" words="destination" placeholder="me@server.example.com" />
        <WayText index={index} form={form} name="url" words="sshUrl" placeholder="https://hooks.example.com" />
        <WayPort index={index} form={form} name="port" />
        <WayPort index={index} form={form} name="remotePort" />
      </SimpleGrid>
    </>
  );
}

function CloudflaredFields({ index, form }: WayFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('settings.cloudflaredHelp')}
      </Text>
      <SimpleGrid cols={2} spacing="sm">
        <WayText index={index} form={form} name="tunnel" words="tunnelName" />
        <WayText index={index} form={form} name="url" words="tunnelUrl" placeholder="https://hooks.example.com" />
      </SimpleGrid>
    </>
  );
}

interface WayFieldProps extends Pick<WayFieldsProps, 'index' | 'form'> {
  readonly placeholder?: string;
}

type TextWords = 'url' | 'sshUrl' | 'tunnelUrl' | 'host' | 'subdomain' | 'destination' | 'tunnelName';
interface WayTextProps extends WayFieldProps {
  readonly name: keyof WayDraft;
  /** How it is called here: the same address is another thing by kind. */
  readonly words: TextWords;
}

function WayText({ index, form, name, words, placeholder }: WayTextProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t(`settings.${words}`)}
      description={t(`settings.${words}Help`)}
      inputWrapperOrder={helpBelow}
      spellCheck={false}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...form.getInputProps(`ways.${index}.${name}`)}
    />
  );
}

function WayPort({ index, form, name }: WayFieldProps & { readonly name: 'port' | 'remotePort' }) {
  const { t } = useTranslation();
  return (
    <NumberInput
      label={t(`settings.${name}Ssh`)}
      description={t(`settings.${name}SshHelp`)}
      inputWrapperOrder={helpBelow}
      min={1}
      max={65535}
      allowDecimal={false}
      {...form.getInputProps(`ways.${index}.${name}`)}
    />
  );
}
