import { Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

/** The placeholder of an empty list: the reason, and what to do next. */
export function EmptyState({ icon: EmptyIcon, title, text, children }: EmptyStateProps) {
  return (
    <Stack className="blank" align="center" gap="xs">
      <EmptyIcon size={36} stroke={1.3} aria-hidden className="blank-icon" />
      <Title order={2}>{title}</Title>
      {text && (
        <Text size="sm" c="dimmed" ta="center" maw={440}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  );
}
