import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../preload/contract/index.ts';
import { Dialog, download, FormDialog } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';

const shortestPassphrase = 8;
const isTooShort = (passphrase: string): boolean => passphrase !== '' && passphrase.length < shortestPassphrase;

interface ExportDialogProps {
  /** Whether the host can save a file itself; otherwise the browser does, without credentials. */
  readonly desktop: boolean;
  onClose(): void;
}

export function ExportDialog({ desktop, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const save = useAct('transfer.export');
  if (save.data) return <Exported result={save.data} withCredentials={passphrase !== ''} onClose={onClose} />;
  return (
    <FormDialog
      title={t('settings.transfer.exportTitle')}
      action={t('settings.transfer.exportAction')}
      pending={save.isPending}
      problem={save.error}
      disabled={isTooShort(passphrase) || repeated !== passphrase}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(passphrase === '' ? {} : { passphrase }, {
          onSuccess: ({ name, text }) => name !== undefined && text !== undefined && download(name, text),
        });
      }}
    >
      <Text size="sm">{t('settings.transfer.exportHelp')}</Text>
      {desktop ? (
        <PassphraseFields {...{ passphrase, setPassphrase, repeated, setRepeated }} />
      ) : (
        <Text size="sm">{t('settings.transfer.byCommand')}</Text>
      )}
    </FormDialog>
  );
}

interface PassphraseFieldsProps {
  readonly passphrase: string;
  readonly repeated: string;
  setPassphrase(text: string): void;
  setRepeated(text: string): void;
}

function PassphraseFields({ passphrase, repeated, setPassphrase, setRepeated }: PassphraseFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <PasswordInput
        label={t('settings.transfer.passphrase')}
        description={t('settings.transfer.passphraseHelp')}
        autoComplete="new-password"
        value={passphrase}
        error={isTooShort(passphrase) && t('settings.transfer.tooShort', { count: shortestPassphrase })}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      {passphrase !== '' && (
        <PasswordInput
          label={t('settings.transfer.repeat')}
          autoComplete="new-password"
          value={repeated}
          error={repeated !== '' && repeated !== passphrase && t('settings.transfer.differs')}
          onChange={(event) => setRepeated(event.currentTarget.value)}
        />
      )}
    </>
  );
}

interface ExportedProps {
  readonly result: Output<'transfer.export'>;
  readonly withCredentials: boolean;
  onClose(): void;
}

function Exported({ result: { file, text, undecryptable }, withCredentials, onClose }: ExportedProps) {
  const { t } = useTranslation();
  const where = file === undefined ? t('settings.transfer.downloaded') : t('settings.transfer.saved', { file });
  const isSaved = file !== undefined || text !== undefined;
  const next = t(withCredentials ? 'settings.transfer.nextWithCredentials' : 'settings.transfer.next');
  return (
    <Dialog title={t('settings.transfer.exportTitle')} onClose={onClose}>
      <Stack gap="md">
        <Text size="sm" role="status">
          {isSaved ? `${where} ${next}` : t('settings.transfer.notSaved')}
        </Text>
        {undecryptable && (
          <Text size="sm">{t('settings.transfer.undecryptable', { names: undecryptable.join(', ') })}</Text>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {t('common.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
