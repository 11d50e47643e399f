import type { Query } from './query.ts';

/** Ids from the first to the last, both included. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** Received at `since` or after, and before `until`, in milliseconds since 1970. */
interface Period {
  readonly since: number;
  readonly until: number;
}

interface Block extends IdRange, Period {}

/** Ids of a block, as the triggers of the table event_times divide them. */
const blockSize = 256;
/** Ranges with fewer blocks between them are merged, since each range is a query of its own. */
const mergedGap = 4;

/**
 * Where the events of a period lie, the newest first. Ids do not follow the time of arrival strictly: events of the team
 * are stored later than they were received. So a range may hold others, too.
 */
export function selectRanges(query: Query, period: Period): IdRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const { first, last } of selectBlocks(query, period)) {
    const newer = ranges.at(-1);
    if (newer && newer.first - last <= mergedGap * blockSize) newer.first = first;
    else ranges.push({ first, last });
  }
  return ranges;
}

/** The same, divided into ranges that hold only events of the period, and ranges that may hold others. */
export function partRanges(query: Query, period: Period): { whole: IdRange[]; mixed: IdRange[] } {
  const whole: { first: number; last: number }[] = [];
  const mixed: IdRange[] = [];
  for (const block of selectBlocks(query, period)) {
    const newer = whole.at(-1);
    if (block.since < period.since || block.until > period.until) mixed.push(block);
    else if (newer?.first === block.last + 1) newer.first = block.first;
    else whole.push({ first: block.first, last: block.last });
  }
  return { whole, mixed };
}

function selectBlocks(query: Query, { since, until }: Period): Block[] {
  const sql = 'SELECT block, first, last FROM event_times WHERE last >= ? AND first < ? ORDER BY block DESC';
  return query.all(sql, since, until).map((row) => {
    const first = Number(row.block) * blockSize;
    return { first, last: first + blockSize - 1, since: Number(row.first), until: Number(row.last) + 1 };
  });
}
