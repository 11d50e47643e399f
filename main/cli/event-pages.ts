import type { EventView, Input } from '../../preload/contract/index.ts';
import { usageFailure } from './exit.ts';
import { connectionNamed, hookNamed, type Session } from './session.ts';
import { moment } from './wait.ts';

export type EventFilter = Omit<Input<'events.list'>, 'limit' | 'before' | 'notification'>;

const outcomes = ['success', 'failed', 'info'] as const;

type FilterText = Readonly<Partial<Record<keyof EventFilter, string>>>;

/** The filter that the options of a command describe, with ids and times in full. */
export async function toFilter(session: Session, options: FilterText): Promise<EventFilter> {
  const { text, hook, connection, event, outcome, since, until } = options;
  const known = outcomes.find((one) => one === outcome);
  if (outcome !== undefined && known === undefined)
    throw usageFailure(`--outcome must be success, failed or info, not "${outcome}".`);
  const now = Date.now();
  return {
    ...(text === undefined ? {} : { text }),
    ...(hook === undefined ? {} : { hook: (await hookNamed(session, hook)).id }),
    ...(connection === undefined ? {} : { connection: (await connectionNamed(session, connection)).id }),
    ...(event === undefined ? {} : { event }),
    ...(known === undefined ? {} : { outcome: known }),
    ...(since === undefined ? {} : { since: moment(since, now) }),
    ...(until === undefined ? {} : { until: moment(until, now) }),
  };
}

/** All events of the filter, the newest first, read page by page. */
export async function* readEvents({ ask }: Session, filter: EventFilter): AsyncGenerator<EventView> {
  let before: string | undefined;
  do {
    const page = await ask('events.list', { ...filter, limit: 100, ...(before === undefined ? {} : { before }) });
    yield* page.events;
    before = page.next;
  } while (before !== undefined);
}
