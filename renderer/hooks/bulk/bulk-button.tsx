import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../../preload/contract/index.ts';
import { BulkDialog } from './bulk-dialog.tsx';

/** Opens the selection of several of these hooks; only those of Ringback can be selected. */
export function BulkButton({ hooks }: { readonly hooks: readonly Hook[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const own = hooks.filter(({ ours }) => ours);
  return (
    <>
      <Button variant="default" size="xs" disabled={own.length === 0} onClick={() => setOpen(true)}>
        {t('hookBulk.open')}
      </Button>
      {open && <BulkDialog hooks={own} onClose={() => setOpen(false)} />}
    </>
  );
}
