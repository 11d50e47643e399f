import type { EventView, Input } from '../../preload/contract/index.ts';
import { eventMessages } from './messages/index.ts';
import { connectionNamed, hookNamed, type Session } from './session.ts';
import { moment } from './wait.ts';

export type EventFilter = Omit<Input<'events.list'>, 'limit' | 'before' | 'notification'>;

type FilterText = Readonly<Partial<Record<Exclude<keyof EventFilter, 'outcome'>, string>>> &
  Pick<EventFilter, 'outcome'>;

/** The filter that a command's options describe, with complete ids and absolute times. */
export async function toFilter(session: Session, options: FilterText): Promise<EventFilter> {
  const { text, hook, connection, event, outcome, since, until } = options;
  const now = Date.now();
  return {
    ...(text === undefined ? {} : { text }),
    ...(hook === undefined ? {} : { hook: (await hookNamed(session, hook)).id }),
    ...(connection === undefined ? {} : { connection: (await connectionNamed(session, connection)).id }),
    ...(event === undefined ? {} : { event }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(since === undefined ? {} : { since: moment(since, now) }),
    ...(until === undefined ? {} : { until: moment(until, now) }),
  };
}

/** All events that match the filter, newest first, read page by page. */
export async function* readEvents({ ask, output }: Session, filter: EventFilter): AsyncGenerator<EventView> {
  let before: string | undefined;
  do {
    const page = await ask('events.list', { ...filter, limit: 100, ...(before === undefined ? {} : { before }) });
    if (page.indexing && before === undefined) output.note(eventMessages.indexing());
    yield* page.events;
    before = page.next;
  } while (before !== undefined);
}
