import { Button, Group } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../section.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';

/** Exports and imports settings, connections and hooks, for moving to another computer. */
export function TransferSection({ desktop }: { readonly desktop: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'export' | 'import'>();
  const close = (): void => setOpen(undefined);
  return (
    <Section title={t('settings.transfer.title')} help={t('settings.transfer.help')}>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => setOpen('export')}
        >
          {t('settings.transfer.export')}
        </Button>
        <Button variant="default" leftSection={<IconUpload size={15} aria-hidden />} onClick={() => setOpen('import')}>
          {t('settings.transfer.import')}
        </Button>
      </Group>
      {open === 'export' && <ExportDialog desktop={desktop} onClose={close} />}
      {open === 'import' && <ImportDialog onClose={close} />}
    </Section>
  );
}
