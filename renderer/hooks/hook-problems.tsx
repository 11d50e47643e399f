import { useTranslation } from 'react-i18next';
import { Note } from '../parts/note.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useAnswer } from '../queries.ts';
import { useHookNames } from './hook-name.ts';

/** What could not be looked at when the hooks were last refreshed; the rest of the list stands. */
export function HookProblems({ refreshProblem }: { readonly refreshProblem: Error | undefined }) {
  const { t } = useTranslation();
  const names = useHookNames();
  const problems = useAnswer('hooks.problems', {}).data ?? [];
  if (refreshProblem) return <ProblemNote problem={refreshProblem} />;
  if (problems.length === 0) return null;
  return (
    <Note kind="warn" title={t('hooks.problems', { count: problems.length })}>
      <ul className="note-list">
        {problems.map(({ connection, region, message }) => (
          <li key={`${connection} ${region} ${message}`}>
            <strong>{[names.connection(connection), region].filter(Boolean).join(' · ')}</strong>: {message}
          </li>
        ))}
      </ul>
    </Note>
  );
}
