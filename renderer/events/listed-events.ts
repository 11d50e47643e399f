import type { EventView } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';

/** Fields whose texts are the same in many events. */
const common = ['hook', 'connection', 'event', 'summary', 'verified', 'outcome'] as const;
/** Number of texts after which the cache is cleared. */
const limit = 10_000;

/** Reduces events to the fields of lists, in the window's language, sharing equal texts, which halves their memory. */
export function createListedEvents(): (events: readonly EventView[]) => readonly EventView[] {
  const texts = new Map<unknown, unknown>();
  const share = (text: unknown): unknown => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (texts.size >= limit) texts.clear();
    texts.set(text, text);
    return text;
  };
  return (events) =>
    events.map((event) => {
      const shown = withoutDetail(event);
      const shared = common.filter((field) => shown[field] !== undefined).map((field) => [field, share(shown[field])]);
      return { ...shown, ...Object.fromEntries(shared) };
    });
}

/** Keeps the resource only where a list shows it: for an event with neither a summary nor a name. */
function withoutDetail(event: EventView): EventView {
  const { deliveryId: _delivery, occurredAt: _time, variant: _variant, resource, ...rest } = event;
  const { titleMessage, summaryMessage, variantMessage: _message, ...shown } = rest;
  const isShown = resource !== undefined && event.summary === undefined && event.event === undefined;
  return {
    ...shown,
    title: messageText(titleMessage, event.title),
    ...(event.summary === undefined ? {} : { summary: messageText(summaryMessage, event.summary) }),
    ...(isShown ? { resource } : {}),
  };
}
