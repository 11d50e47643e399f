import type { Finding } from '../../../preload/contract.ts';
import { jobMessages } from '../messages/index.ts';
import type { JobRecord } from './record.ts';

/** A hook of a workflow receives only translations with exactly its id: whether any of these jobs has it. */
export function checkWorkflow(
  workflow: string | undefined,
  jobs: readonly JobRecord[],
): Pick<Finding, 'state' | 'text' | 'advice'> | undefined {
  if (workflow === undefined) return undefined;
  const translations = jobs.filter(({ kind }) => kind === 'translation');
  const matching = translations.filter((job) => job.workflow === workflow).length;
  if (matching > 0) {
    return { state: 'good', text: jobMessages.workflowSeen({ matching, total: translations.length }).text };
  }
  const advice = jobMessages.workflowAdvice().text;
  return { state: 'unsure', text: jobMessages.workflowNotSeen({ workflow }).text, advice };
}
