import type { Finding } from '../../../preload/contract/index.ts';
import { type Message, referenceOf } from '../messages/index.ts';

/** What a check says of its subject. */
export type CheckResult = Omit<Finding, 'subject' | 'subjectMessage' | 'check'>;
type Fix = NonNullable<Finding['fix']>;

interface Remedy {
  readonly advice?: Message | undefined;
  readonly fix?: Fix | undefined;
}

/** A result in English and by its codes. */
export function found(state: Finding['state'], message: Message, { advice, fix }: Remedy = {}): CheckResult {
  return {
    state,
    text: message.text,
    textMessage: referenceOf(message),
    ...(advice ? { advice: advice.text, adviceMessage: referenceOf(advice) } : {}),
    ...(fix ? { fix } : {}),
  };
}

/** What a finding is about where it has no name of its own. */
export function subjectOf(message: Message): Pick<Finding, 'subject' | 'subjectMessage'> {
  return { subject: message.text, subjectMessage: referenceOf(message) };
}

/** A button that asks a question of the contract. */
export function fixOf(label: Message, method: Fix['method'], input: Fix['input'] = {}): Fix {
  return { label: label.text, labelMessage: referenceOf(label), method, input };
}
