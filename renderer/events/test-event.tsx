import { Button, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useHookNames } from '../hook-name.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct, useHooks } from '../queries.ts';

/** Sends a signed sample to the public URL of a hook of Ringback, as the provider does with events. */
export function TestEvent() {
  const { t } = useTranslation();
  const names = useHookNames();
  const send = useAct('samples.send');
  const hook = useHooks().data?.find(({ ours, paused, status }) => ours && !paused && status === 'active');
  if (!hook) return null;
  return (
    <>
      <Button
        mt="sm"
        ml="xs"
        leftSection={<IconSend size={15} aria-hidden />}
        loading={send.isPending}
        onClick={() => send.mutate({ hook: hook.id })}
      >
        {t('firstSteps.test')}
      </Button>
      <Text size="sm" c="dimmed" mt="xs" role="status">
        {send.isSuccess ? t('firstSteps.testSent') : t('firstSteps.testHelp', { hook: names.short(hook) })}
      </Text>
      <ProblemNote problem={send.error} title={t('firstSteps.testFailed')} />
    </>
  );
}
