import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemText } from '../message-text.ts';
import { Note } from './note.tsx';

interface ProblemNoteProps {
  /** Nothing is shown without one. */
  readonly problem: Error | null | undefined;
  readonly title?: string;
  onRetry?(): void;
}

/** An expected error, shown where it occurred. */
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
      {problemText(problem)}
    </Note>
  );
}
