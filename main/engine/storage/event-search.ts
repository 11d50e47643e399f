import type { Input } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { accessMessages } from '../messages/index.ts';
import { type EventSearch, searchTermsOf } from './tables/index.ts';

/** The conditions of a query; undefined where its text holds no word that could occur. */
export function searchOf(query: Input<'events.list'>, limit: number): EventSearch | undefined {
  const { text = '', hook, connection, event, outcome, name, before, notification, since, until } = query;
  const terms = searchTermsOf(text);
  if (text.trim() && !terms) return undefined;
  return {
    ...{ hook, connection, outcome, event, name, limit, terms },
    before: before === undefined ? Number.MAX_SAFE_INTEGER : cursor(before),
    notification: notification === undefined ? undefined : Number(notification),
    since: since === undefined ? undefined : Date.parse(since),
    until: until === undefined ? undefined : Date.parse(until),
  };
}

function cursor(before: string): number {
  if (!/^\d{1,15}$/.test(before)) throw new RingbackError('invalid-input', accessMessages.cursor());
  return Number(before);
}
