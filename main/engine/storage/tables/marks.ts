import type { Prepare, Query } from './query.ts';

/**
 * How far the stored events are processed: by jobs, notifications, the report of what was recovered, the search index,
 * forwarding, and the team. Events up to "outdated" are in the search index as an earlier version wrote them.
 */
type Mark = 'followed' | 'announced' | 'recounted' | 'indexed' | 'outdated' | 'forwarded' | 'published';

/** The value of "published" where no team is published to, so that no event waits for that. */
export const nothingToPublish = Number.MAX_SAFE_INTEGER;

/** Subquery for the id of the last event that the consumer has processed. */
export const markOf = (mark: Mark): string => `(SELECT value FROM marks WHERE name = '${mark}')`;

export function setMark(prepare: Prepare, mark: Mark, event: number): void {
  prepare('UPDATE marks SET value = ? WHERE name = ?').run(event, mark);
}

/** How far the team's stream goes: the last published event, and the sequence number of its message. */
export interface Published {
  readonly event: number;
  readonly sequence: number;
}

export function selectPublished(query: Query): Published {
  const markValue = (name: string): number =>
    Number(query.one('SELECT value FROM marks WHERE name = ?', name)?.value ?? 0);
  return { event: markValue('published'), sequence: markValue('publishedSequence') };
}

export function setPublished(prepare: Prepare, { event, sequence }: Published): void {
  setMark(prepare, 'published', event);
  prepare("UPDATE marks SET value = ? WHERE name = 'publishedSequence'").run(sequence);
}

/** The latest time that deletions by age trust, in milliseconds since 1970; zero before the first. */
export function selectTrustedTime(query: Query): number {
  return Number(query.one("SELECT value FROM marks WHERE name = 'trustedTime'")?.value ?? 0);
}

export function setTrustedTime(prepare: Prepare, time: number): void {
  prepare("UPDATE marks SET value = ? WHERE name = 'trustedTime'").run(time);
}

/** The time from which many events may be deleted at once, in milliseconds since 1970; zero where that is not announced. */
export function selectPruneTime(query: Query): number {
  return Number(query.one("SELECT value FROM marks WHERE name = 'pruneTime'")?.value ?? 0);
}

export function setPruneTime(prepare: Prepare, time: number): void {
  prepare("UPDATE marks SET value = ? WHERE name = 'pruneTime'").run(time);
}

/** When the newest event was stored. */
export function selectNewestTime(query: Query): number | undefined {
  const row = query.one('SELECT received_at FROM events ORDER BY id DESC LIMIT 1');
  return row && Number(row.received_at);
}

/** The last record of the journal that is stored with all before it; zero before the first. */
export function selectJournaled(query: Query): number {
  return Number(query.one("SELECT value FROM marks WHERE name = 'journaled'")?.value ?? 0);
}

export function setJournaled(prepare: Prepare, sequence: number): void {
  prepare("INSERT INTO marks VALUES ('journaled', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1").run(sequence);
}
