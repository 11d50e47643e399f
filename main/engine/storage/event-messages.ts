import { z } from 'zod';
import { MessageReference } from '../../../preload/contract/index.ts';

const EventMessages = z.object({
  title: MessageReference.optional(),
  summary: MessageReference.optional(),
  plural: MessageReference.optional(),
  variant: MessageReference.optional(),
});

/** What is said of an event, as messages for other languages; a text that has none is shown in English. */
type EventMessages = z.infer<typeof EventMessages>;

/** Characters of the JSON; longer messages are not stored, and the shortened English texts are shown instead. */
const longest = 4000;

export function storeEventMessages(messages: EventMessages): string | null {
  const text = JSON.stringify(messages);
  return text === '{}' || text.length > longest ? null : text;
}

/** The same for a single message; null also where there is none. */
export function storeMessage(message: MessageReference | undefined): string | null {
  const text = message === undefined ? null : JSON.stringify(message);
  return text !== null && text.length > longest ? null : text;
}

/** None where there is no text, or where it is not that of messages. */
export function readEventMessages(stored: unknown): EventMessages {
  return parsed(EventMessages, stored) ?? {};
}

/** Undefined where there is no text, or where it is not that of a message. */
export function readMessage(stored: unknown): MessageReference | undefined {
  return parsed(MessageReference, stored);
}

function parsed<T>(schema: z.ZodType<T>, stored: unknown): T | undefined {
  if (typeof stored !== 'string' || stored.length > longest) return undefined;
  try {
    return schema.parse(JSON.parse(stored));
  } catch {
    return undefined;
  }
}
