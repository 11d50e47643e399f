import type { EventView, Recovery as RecoveryEntry } from '../../../preload/contract/index.ts';
import { endNotice, type JobRecord } from '../jobs/index.ts';
import { type Message, recoveryMessages, referenceOf } from '../messages/index.ts';
import { type Ledger, type NotificationRow, selectRecoveries, toTime } from '../storage/index.ts';
import { countMissed } from './messages.ts';
import type { RecoveryOptions } from './options.ts';
import { type Gap, type Search, shortestGap } from './search.ts';

/** Stores the search and notifies once of all found since the last one, also of what a crash kept unreported. */
export async function reportFound(options: RecoveryOptions, search: Search): Promise<void> {
  const { ledger, events, now } = options;
  const { startedAt, from, gaps, searched } = search;
  const found = events.recovered();
  const jobs = options.jobs().unreported();
  const count = found.length + jobs.length;
  const { text, ...textMessage } = countMissed(found, jobs, options.eventNouns);
  const notice = count > 0 && !options.muted() ? toNotice(found, jobs, { ...textMessage, text }, now()) : undefined;
  if (jobs.length > 0) await options.jobs().markReported(jobs, notice);
  const isStored = count > 0 || (startedAt - from >= shortestGap && haveChanged(ledger, gaps));
  const record = { from: toTime(from), to: toTime(startedAt), found: count, text, textMessage, gaps };
  const upTo = found.reduce((most, { id }) => Math.max(most, Number(id)), 0);
  await ledger.write('recovered', {
    attended: { at: startedAt, hooks: searched },
    ...(isStored ? { recovery: { at: now(), record: JSON.stringify(record), upTo } } : {}),
    ...(notice && jobs.length === 0 ? { notice } : {}),
  });
  if (notice) options.queued();
  if (isStored) options.changed();
}

/** The latest first. */
export function listRecoveries(ledger: Ledger, limit: number): RecoveryEntry[] {
  return selectRecoveries(ledger, limit).map((row) => ({
    id: String(row.id),
    at: toTime(row.at),
    ...JSON.parse(String(row.record)),
  }));
}

/** Gaps that have not changed are not reported again. */
function haveChanged(ledger: Ledger, gaps: readonly Gap[]): boolean {
  const [last] = listRecoveries(ledger, 1);
  const known = new Set(last?.gaps.map(({ hook, reason }) => `${hook} ${reason}`));
  return gaps.some(({ hook, reason }) => !known.has(`${hook} ${reason}`));
}

function toNotice(
  events: readonly EventView[],
  jobs: readonly JobRecord[],
  counts: Message,
  at: number,
): NotificationRow {
  const [event] = events;
  const [job] = jobs;
  const about = { event: 'ringback.recovery' };
  if (job && events.length + jobs.length === 1) return endNotice(job, at);
  if (event && events.length + jobs.length === 1) {
    const body = recoveryMessages.missed();
    return { event: Number(event.id), at, title: event.title, body: body.text, bodyMessage: referenceOf(body) };
  }
  const title = recoveryMessages.title();
  const messages = { titleMessage: referenceOf(title), bodyMessage: referenceOf(counts) };
  return { event: null, page: 'events', at, title: title.text, body: counts.text, ...messages, about };
}
