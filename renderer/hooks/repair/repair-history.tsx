import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayTimeOf } from '../../clock.ts';
import { messageText } from '../../message-text.ts';
import { Dialog, ProblemNote } from '../../parts/index.ts';
import { useAnswer } from '../../queries.ts';
import { useNow } from '../../time.tsx';
import { Steps } from './repair-steps.tsx';

const shown = 50;

/** The automatic repairs of hooks, latest first. */
export function RepairHistory({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const now = useNow();
  const { data, error } = useAnswer('hooks.history', { limit: shown });
  return (
    <Dialog wide title={t('repair.historyTitle')} onClose={onClose}>
      <ProblemNote problem={error} />
      {!data && !error && <Loader size="sm" aria-label={t('common.loading')} />}
      <div className="repair-entries">
        {data?.map(({ id, at, text, textMessage, steps }) => (
          <details key={id} className="repair-entry">
            <summary>
              {messageText(textMessage, text)} <span className="faint">{dayTimeOf(at, now)}</span>
            </summary>
            <Steps steps={steps} done />
          </details>
        ))}
      </div>
    </Dialog>
  );
}
