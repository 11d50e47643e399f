import type { MessageReference } from '../preload/contract/index.ts';
import { type MessageCatalogue, translate } from '../preload/languages/index.ts';
import { ProblemError } from './problem.ts';

let messages: MessageCatalogue = {};

/** Sets the host's messages in the language of the window; empty for English. */
export function setMessages(catalogue: MessageCatalogue): void {
  messages = catalogue;
}

/** A message of the host in the language of the window, otherwise the English text. */
export function messageText(reference: MessageReference | undefined, english: string): string;
export function messageText(reference: MessageReference | undefined, english: string | undefined): string | undefined;
export function messageText(reference: MessageReference | undefined, english: string | undefined): string | undefined {
  return (reference && translate(messages, reference)) ?? english;
}

/** Translates all texts of a value that have a message: "title" by "titleMessage". */
export function inWindowLanguage<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inWindowLanguage) as T;
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Readonly<Record<string, unknown>>;
  const texts = Object.entries(members).map(([name, member]) => {
    const reference = members[`${name}Message`] as MessageReference | undefined;
    return [name, reference && typeof member === 'string' ? messageText(reference, member) : inWindowLanguage(member)];
  });
  return Object.fromEntries(texts);
}

/** The text of a failed request. */
export function problemText(problem: Error): string {
  return messageText(problem instanceof ProblemError ? problem.reason : undefined, problem.message);
}
