import { IconCircleCheck, IconCircleX, IconPointFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HookPlanStep } from '../../../preload/contract/index.ts';
import { useHookNames } from '../../hook-name.ts';
import { messageText } from '../../message-text.ts';

interface StepsProps {
  readonly steps: readonly HookPlanStep[];
  readonly done: boolean;
}

/** The steps, planned or done, in a fixed order. */
export function Steps({ steps, done }: StepsProps) {
  const { t } = useTranslation();
  return (
    <ul className="repair-steps" aria-label={t('repair.steps')}>
      {Array.from(steps.entries(), ([position, step]) => (
        <Step key={position} step={step} done={done} />
      ))}
    </ul>
  );
}

function Step({ step, done }: { readonly step: HookPlanStep; readonly done: boolean }) {
  const { t } = useTranslation();
  const names = useHookNames();
  const { connection, region, text, textMessage, problem, problemMessage } = step;
  const StepIcon = problem ? IconCircleX : done ? IconCircleCheck : IconPointFilled;
  const state = problem ? 'failed' : done ? 'done' : 'open';
  return (
    <li className={`repair-step repair-${state}`}>
      <StepIcon size={16} stroke={1.7} className="repair-icon" aria-label={t(`repair.state.${state}`)} />
      <div>
        {messageText(textMessage, text)}{' '}
        <span className="faint">{[names.connection(connection), region].filter(Boolean).join(' · ')}</span>
        {problem && <div className="faint">{messageText(problemMessage, problem)}</div>}
      </div>
    </li>
  );
}
