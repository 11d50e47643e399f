import type { MessageReference } from '../preload/contract/index.ts';
import { type MessageCatalogue, translate } from '../preload/languages/index.ts';
import { ProblemError } from './problem.ts';

let messages: MessageCatalogue = {};

/** The messages of the host in the language of the window; empty for English. */
export function setMessages(catalogue: MessageCatalogue): void {
  messages = catalogue;
}

/** A message of the host in the language of the window; else the English text. */
export function messageText(reference: MessageReference | undefined, english: string): string;
export function messageText(reference: MessageReference | undefined, english: string | undefined): string | undefined;
export function messageText(reference: MessageReference | undefined, english: string | undefined): string | undefined {
  return (reference && translate(messages, reference)) ?? english;
}

/** The text of a failed request. */
export function problemText(problem: Error): string {
  return messageText(problem instanceof ProblemError ? problem.reason : undefined, problem.message);
}
