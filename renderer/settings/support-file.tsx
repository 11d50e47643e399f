import { Button, Text } from '@mantine/core';
import { IconFileDescription } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../preload/contract/index.ts';
import { download, ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';

/** Saves what somebody who helps needs to know; where the host cannot, the browser does. */
export function SupportFile() {
  const { t } = useTranslation();
  const save = useAct('support.save');
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileDescription size={15} aria-hidden />}
        loading={save.isPending}
        onClick={() =>
          save.mutate({}, { onSuccess: ({ text }) => text !== undefined && download('ringback-support.txt', text) })
        }
      >
        {t('settings.support.save')}
      </Button>
      <Text size="xs" c="dimmed" aria-live="polite">
        {useOutcome(save.data)}
      </Text>
      <ProblemNote problem={save.error} />
    </>
  );
}

function useOutcome({ file, text }: Partial<Output<'support.save'>> = {}): string {
  const { t } = useTranslation();
  if (file !== undefined) return t('settings.support.saved', { file });
  return text === undefined ? t('settings.support.help') : t('settings.support.downloaded');
}
