import type { Finding } from '../../../preload/contract/index.ts';
import { jobMessages, referenceOf } from '../messages/index.ts';
import type { JobRecord } from './record.ts';

/** A hook of a workflow receives only translations with exactly its id: whether any of these jobs has it. */
export function checkWorkflow(
  workflow: string | undefined,
  jobs: readonly JobRecord[],
): Omit<Finding, 'subject' | 'check'> | undefined {
  if (workflow === undefined) return undefined;
  const translations = jobs.filter(({ kind }) => kind === 'translation');
  const matching = translations.filter((job) => job.workflow === workflow).length;
  if (matching > 0) {
    const message = jobMessages.workflowSeen({ matching, total: translations.length });
    return { state: 'good', text: message.text, textMessage: referenceOf(message) };
  }
  const message = jobMessages.workflowNotSeen({ workflow });
  const advice = jobMessages.workflowAdvice();
  return {
    state: 'unsure',
    ...{ text: message.text, textMessage: referenceOf(message) },
    ...{ advice: advice.text, adviceMessage: referenceOf(advice) },
  };
}
