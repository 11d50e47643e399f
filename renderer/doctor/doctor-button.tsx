import { Button } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../preload/contract/index.ts';
import { DoctorDialog } from './doctor-dialog.tsx';

/** Opens the diagnosis of a hook, a connection or everything. */
export function DoctorButton({ subject }: { readonly subject: Input<'doctor.run'> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconStethoscope size={15} aria-hidden />} onClick={() => setOpen(true)}>
        {t('doctor.button')}
      </Button>
      {open && <DoctorDialog subject={subject} onClose={() => setOpen(false)} />}
    </>
  );
}
