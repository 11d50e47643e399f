import { Button, Loader, Text } from '@mantine/core';
import { IconLicense } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/index.ts';
import './third-party-licenses.css';

/** The licenses of bundled packages, loaded on demand. */
export function ThirdPartyLicenses() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconLicense size={15} aria-hidden />} onClick={() => setOpen(true)}>
        {t('settings.licenses.button')}
      </Button>
      {open && (
        <Dialog wide title={t('settings.licenses.title')} onClose={() => setOpen(false)}>
          <LicenseList />
        </Dialog>
      )}
    </>
  );
}

function LicenseList() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['third-parties'],
    queryFn: async () => (await import('virtual:third-parties')).thirdParties,
  });
  if (data === undefined) return <Loader size="sm" aria-label={t('common.loading')} />;
  return (
    <>
      <Text size="sm">{t('settings.licenses.help', { count: data.length })}</Text>
      <ul className="licenses">
        {data.map(({ name, version, license, text }) => (
          <li key={`${name} ${version}`}>
            <details>
              <summary>
                {name} {version} ({license})
              </summary>
              <pre>{text || t('settings.licenses.noText')}</pre>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
