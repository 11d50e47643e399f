import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Note } from './note.tsx';

interface ProblemNoteProps {
  /** Nothing is shown without one. */
  readonly problem: Error | null | undefined;
  readonly title?: string;
  onRetry?(): void;
}

/** An expected failure, in the host's words, where it happened. */
export function ProblemNote({ problem, title, onRetry }: ProblemNoteProps) {
  const { t } = useTranslation();
  if (!problem) return null;
  const retry = onRetry && (
    <Button variant="default" onClick={onRetry}>
      {t('common.tryAgain')}
    </Button>
  );
  return (
    <Note kind="bad" urgent title={title} action={retry}>
      {problem.message}
    </Note>
  );
}
