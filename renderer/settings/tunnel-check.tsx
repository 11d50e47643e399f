import { Button, Group, Text } from '@mantine/core';
import { IconAccessPoint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TunnelStatus } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';

/** Sends a request through the public URL to this computer and shows the result. */
export function TunnelCheck({ tunnel }: { readonly tunnel: TunnelStatus }) {
  const { t } = useTranslation();
  const check = useAct('tunnel.check');
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconAccessPoint size={15} aria-hidden />}
        loading={check.isPending}
        disabled={tunnel.provider === 'off'}
        title={t('settings.checkHelp')}
        onClick={() => check.mutate({})}
      >
        {t('settings.check')}
      </Button>
      <Group gap={6} aria-live="polite" className="check-result">
        {check.data && <Result outcome={check.data} />}
      </Group>
      <ProblemNote problem={check.error} />
    </>
  );
}

function Result({ outcome: { state, problem, reason } }: { readonly outcome: TunnelStatus }) {
  const { t } = useTranslation();
  if (state === 'off') return <Text size="sm">{t('settings.checkedOff')}</Text>;
  return (
    <>
      <span className={`lamp-dot lamp-${state === 'up' ? 'good' : 'bad'}`} aria-hidden="true" />
      <Text size="sm">
        {state === 'up' ? t('settings.checkedUp') : (messageText(reason, problem) ?? t('settings.checkedDown'))}
      </Text>
    </>
  );
}
