import type { TFunction } from 'i18next';
import type { MessageReference } from '../preload/contract.ts';
import { ProblemError } from './problem.ts';

/** A message of the host in the language of the window, where its catalogue has `messages.<code>`; else the English text. */
export function messageText(t: TFunction, reference: MessageReference | undefined, english: string): string {
  if (reference === undefined) return english;
  const key = `messages.${reference.code}`;
  const translate = t as (key: string, params: MessageReference['params']) => string;
  const text = translate(key, reference.params);
  return text === key ? english : text;
}

/** The text of a failed request. */
export function problemText(t: TFunction, problem: Error): string {
  return messageText(t, problem instanceof ProblemError ? problem.reason : undefined, problem.message);
}
