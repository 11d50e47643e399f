import { Button, Group, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/index.ts';
import type { useAct } from '../queries.ts';

interface SaveFormProps {
  readonly dirty: boolean;
  readonly save: Pick<ReturnType<typeof useAct<'settings.set'>>, 'isPending' | 'isSuccess' | 'error'>;
  readonly children: ReactNode;
  readonly beside?: ReactNode;
  onSubmit(event: FormEvent<HTMLFormElement>): void;
}

/** A form with a button that saves; rejected values remain with the reason. */
export function SaveForm({ dirty, save, children, beside, onSubmit }: SaveFormProps) {
  const { t } = useTranslation();
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="sm">
        {children}
        <ProblemNote problem={save.error} />
        <Group gap="xs">
          <Button type="submit" disabled={!dirty} loading={save.isPending}>
            {t('common.save')}
          </Button>
          {beside}
          <Text size="xs" c="dimmed" aria-live="polite">
            {save.isSuccess && !dirty ? t('common.saved') : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
