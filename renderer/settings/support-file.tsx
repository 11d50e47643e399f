import { Button, Group, Text } from '@mantine/core';
import { IconFileDescription } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../preload/contract/index.ts';
import { download, ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';

interface SupportFileProps {
  /** Buttons before it in the same line. */
  readonly before: ReactNode;
  readonly after: ReactNode;
}

/** Saves a file with information for support; where the host cannot, the browser does. */
export function SupportFile({ before, after }: SupportFileProps) {
  const { t } = useTranslation();
  const save = useAct('support.save');
  return (
    <>
      <Group gap="xs">
        {before}
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
        {after}
      </Group>
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
