import { useTranslation } from 'react-i18next';
import { useHookNames } from '../hook-name.ts';
import { messageText } from '../message-text.ts';
import { Note, ProblemNote } from '../parts/index.ts';
import { useAnswer } from '../queries.ts';

/** The errors of the last refresh; the rest of the list is current. */
export function HookProblems({ refreshProblem }: { readonly refreshProblem: Error | undefined }) {
  const { t } = useTranslation();
  const names = useHookNames();
  const problems = useAnswer('hooks.problems', {}).data ?? [];
  if (refreshProblem) return <ProblemNote problem={refreshProblem} />;
  if (problems.length === 0) return null;
  return (
    <Note kind="warn" title={t('hooks.problems', { count: problems.length })}>
      <ul className="note-list">
        {problems.map(({ connection, region, message, reason }) => (
          <li key={`${connection} ${region} ${message}`}>
            <strong>{[names.connection(connection), region].filter(Boolean).join(' · ')}</strong>:{' '}
            {messageText(reason, message)}
          </li>
        ))}
      </ul>
    </Note>
  );
}
