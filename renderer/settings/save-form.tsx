import { Button, Group, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/problem-note.tsx';

interface SaveFormProps {
  readonly dirty: boolean;
  readonly pending: boolean;
  readonly saved: boolean;
  readonly problem: Error | null;
  readonly children: ReactNode;
  readonly beside?: ReactNode;
  onSubmit(event: FormEvent<HTMLFormElement>): void;
}

/** Settings that are typed are saved on a word; what was refused stays typed, with the reason. */
export function SaveForm({ dirty, pending, saved, problem, children, beside, onSubmit }: SaveFormProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        {children}
        <ProblemNote problem={problem} />
        <Group gap="xs">
          <Button type="submit" disabled={!dirty} loading={pending}>
            {t('common.save')}
          </Button>
          {beside}
          <Text size="xs" c="dimmed" aria-live="polite">
            {saved && !dirty ? t('common.saved') : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
