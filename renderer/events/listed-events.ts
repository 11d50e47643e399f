import type { EventView } from '../../preload/contract/index.ts';

/** The fields whose texts many events have in common. */
const common = ['hook', 'connection', 'event', 'summary', 'verified', 'outcome'] as const;
/** Texts that are remembered before all of them are forgotten. */
const limit = 10_000;

/** Gives what a list keeps of events: what it shows, with one copy of each text they share. It is half of their memory. */
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

/** The resource stands in for a place that has no other name. */
function withoutDetail(event: EventView): EventView {
  const { deliveryId: _delivery, occurredAt: _time, variant: _variant, resource, ...shown } = event;
  const isShown = resource !== undefined && event.summary === undefined && event.event === undefined;
  return isShown ? { ...shown, resource } : shown;
}
