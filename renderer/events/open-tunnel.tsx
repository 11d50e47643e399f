import { Button, Text } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemNote, publicTunnelHost } from '../parts/index.ts';
import { useAct } from '../queries.ts';

/** Opens the only tunnel that needs neither an account nor a program; the others are in the settings. */
export function OpenTunnel() {
  const { t } = useTranslation();
  const save = useAct('settings.set');
  return (
    <>
      <Button
        mt="sm"
        ml="xs"
        leftSection={<IconWorld size={15} aria-hidden />}
        loading={save.isPending}
        onClick={() => save.mutate({ tunnel: { provider: 'localtunnel', host: publicTunnelHost } })}
      >
        {t('firstSteps.tunnelOpen')}
      </Button>
      <Text size="sm" c="dimmed" mt="xs">
        {t('settings.localtunnelHelp')}
      </Text>
      <ProblemNote problem={save.error} />
    </>
  );
}
