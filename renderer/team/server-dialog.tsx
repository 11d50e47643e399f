import { Button, Code, Group, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton, Dialog, download, ProblemNote } from '../parts/index.ts';
import { useAnswer } from '../queries.ts';
import { serverInput } from './server-input.ts';

const commands = {
  install: 'sudo apt install nats-server && sudo install -d -o nats -g nats /var/lib/nats',
  start: 'sudo systemctl enable nats-server && sudo systemctl restart nats-server',
  reload: 'sudo systemctl reload nats-server',
} as const;
const file = '/etc/nats-server.conf';
/** Milliseconds without typing before the configuration is requested. */
const typing = 250;

interface ServerDialogProps {
  readonly servers: readonly string[];
  onClose(): void;
}

/** How to install a server for the team, and its current configuration. */
export function ServerDialog({ servers, onClose }: ServerDialogProps) {
  const { t } = useTranslation();
  const isEncrypted = servers.some((server) => server.startsWith('tls://'));
  const [paths, setPaths] = useState({ certificate: '/etc/nats/cert.pem', key: '/etc/nats/key.pem' });
  const [debounced] = useDebouncedValue(paths, typing);
  const config = useAnswer('team.serverConfig', serverInput(servers, debounced), { keepPrevious: true });
  const text = config.data?.text;
  const pathInput = (name: 'certificate' | 'key') => (
    <TextInput
      flex={1}
      label={t(`teamServer.${name}`)}
      value={paths[name]}
      onChange={({ currentTarget: { value } }) => setPaths((previous) => ({ ...previous, [name]: value }))}
    />
  );
  return (
    <Dialog wide title={t('teamServer.title')} onClose={onClose}>
      <Stack gap="md">
        <Step text={t('teamServer.install')}>
          <Command command={commands.install} />
        </Step>
        <Step text={t('teamServer.config', { file })}>
          {isEncrypted && (
            <Group gap="sm" grow>
              {pathInput('certificate')}
              {pathInput('key')}
            </Group>
          )}
          <ProblemNote problem={config.error} onRetry={() => void config.refetch()} />
          {text !== undefined && <Configuration text={text} />}
        </Step>
        <Step text={t('teamServer.start')}>
          <Command command={commands.start} />
        </Step>
        <Step text={t('teamServer.reload')}>
          <Command command={commands.reload} />
        </Step>
        <Text size="xs" c="dimmed">
          {t('teamServer.otherSystems')}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('common.close')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Step({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <Stack gap={6}>
      <Text size="sm">{text}</Text>
      {children}
    </Stack>
  );
}

function Command({ command }: { readonly command: string }) {
  const { t } = useTranslation();
  return (
    <div className="team-command">
      <Code block>{command}</Code>
      <CopyButton text={command} label={t('teamServer.copyCommand', { command })} />
    </div>
  );
}

function Configuration({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <>
      <ScrollArea.Autosize mah={180} viewportProps={{ tabIndex: 0 }}>
        <Code block>{text}</Code>
      </ScrollArea.Autosize>
      <Group gap="xs">
        <CopyButton text={text} label={t('teamServer.copyConfig')} />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => download('nats-server.conf', text)}
        >
          {t('teamForm.save')}
        </Button>
      </Group>
    </>
  );
}
