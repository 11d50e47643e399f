import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHookNames } from '../../hook-name.ts';
import { problemText } from '../../message-text.ts';
import { Note } from '../../parts/index.ts';
import type { BulkProgress } from './bulk-run.ts';

interface BulkReportProps {
  readonly progress: BulkProgress;
  readonly total: number;
  onClose(): void;
}

/** The progress of the run, and which hooks failed with the reason. */
export function BulkReport({ progress: { done, failures }, total, onClose }: BulkReportProps) {
  const { t } = useTranslation();
  const names = useHookNames();
  const running = done < total;
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        {running
          ? t('hookBulk.running', { done, count: total })
          : t('hookBulk.done', { done: total - failures.length, count: total })}
      </Text>
      {failures.length > 0 && (
        <Note kind="bad" title={t('hookBulk.failed', { count: failures.length })}>
          <ul className="bulk-failures">
            {failures.map(({ hook, problem }) => (
              <li key={hook.id}>
                {names.long(hook)}: {problemText(problem)}
              </li>
            ))}
          </ul>
        </Note>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {running ? t('hookBulk.stop') : t('hookBulk.close')}
        </Button>
      </Group>
    </Stack>
  );
}
