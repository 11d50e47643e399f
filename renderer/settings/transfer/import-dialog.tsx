import { Button, FileInput, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, FormDialog, Note } from '../../parts/index.ts';
import { useAct } from '../../queries.ts';
import { ImportSteps } from './import-steps.tsx';

/** Selects a file, shows its contents, imports it, and shows the result of each part. */
export function ImportDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string>();
  const [passphrase, setPassphrase] = useState('');
  const preview = useAct('transfer.import');
  const run = useAct('transfer.import');
  const look = (document: string, words: string): void => {
    preview.mutate({ text: document, dryRun: true, ...(words === '' ? {} : { passphrase: words }) });
  };
  const choose = async (file: File | null): Promise<void> => {
    const chosen = await file?.text();
    setText(chosen);
    preview.reset();
    if (chosen !== undefined) look(chosen, passphrase);
  };
  const plan = preview.data;
  if (run.data) {
    return (
      <Dialog title={t('settings.transfer.importTitle')} wide onClose={onClose}>
        <Stack gap="md">
          <ImportSteps steps={run.data.steps} />
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              {t('common.close')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('settings.transfer.importTitle')}
      wide
      action={t('settings.transfer.importAction')}
      pending={run.isPending}
      problem={preview.error ?? run.error}
      disabled={plan === undefined}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== undefined) run.mutate({ text, ...(passphrase === '' ? {} : { passphrase }) });
      }}
    >
      <Text size="sm">{t('settings.transfer.importHelp')}</Text>
      <FileInput
        label={t('settings.transfer.file')}
        placeholder={t('settings.transfer.choose')}
        accept="application/json,.json"
        onChange={(file) => void choose(file)}
      />
      {(plan?.encrypted || passphrase !== '') && (
        <PasswordInput
          label={t('settings.transfer.passphrase')}
          description={t('settings.transfer.importPassphraseHelp')}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          onBlur={() => text !== undefined && look(text, passphrase)}
        />
      )}
      {plan && <ImportSteps steps={plan.steps} />}
      {plan?.encrypted && !plan.decrypted && passphrase === '' && (
        <Note kind="warn">{t('settings.transfer.withoutCredentials')}</Note>
      )}
    </FormDialog>
  );
}
