import type { EventCounts } from '../../../preload/contract/index.ts';
import { withFilter } from '../query.ts';

const minute = 60_000;
const day = 1440 * minute;

/** The duration of the timeline and its number of steps. */
const reaches = {
  day: { steps: 48, step: 30 * minute },
  week: { steps: 56, step: 180 * minute },
  month: { steps: 60, step: 720 * minute },
  quarter: { steps: 45, step: 2880 * minute },
} as const;

export type Reach = keyof typeof reaches;
export const reachNames = Object.keys(reaches) as Reach[];

/** The selected steps of the timeline: the first one, and the one after the last. */
export type Span = readonly [from: number, to: number];

/** The times between steps, ending after the present; steps of a day or more start at local midnight. */
export function boundsOf(reach: Reach, now: number): readonly string[] {
  const { steps, step } = reaches[reach];
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const unit = Math.min(step, day);
  const end = midnight + (Math.floor((now - midnight) / unit) + 1) * unit;
  return Array.from({ length: steps + 1 }, (_, index) => new Date(end - (steps - index) * step).toISOString());
}

/** The steps between these times; all without them. */
export function spanOf(bounds: readonly string[], since: string | undefined, until: string | undefined): Span {
  const last = bounds.length - 1;
  const from = since === undefined ? 0 : bounds.findLastIndex((bound) => bound <= since);
  const to = until === undefined ? last : bounds.findIndex((bound) => bound >= until);
  const first = Math.min(Math.max(0, from), last - 1);
  return [first, Math.max(first + 1, to < 0 ? last : to)];
}

/** The query limited to these steps; an end of the timeline sets no limit. */
export function withSpan(query: string, bounds: readonly string[], [from, to]: Span): string {
  const valueAt = (index: number): string | undefined => {
    const bound = bounds[index];
    return index === 0 || index === bounds.length - 1 || bound === undefined ? undefined : localTime(bound);
  };
  return withFilter(withFilter(query, 'until', valueAt(to)), 'since', valueAt(from));
}

/** "2026-11-03T14:30" in local time, as the search accepts it; only the date at the start of a day. */
function localTime(time: string): string {
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  const dayText = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return clock === '00:00' ? dayText : `${dayText}T${clock}`;
}

/** A drag on the timeline: it moves the selection, or makes a new one. */
export interface Drag {
  readonly anchor: number;
  readonly moved?: Span;
}

export function startDrag(span: Span, step: number, steps: number): Drag {
  const [from, to] = span;
  const isWhole = from === 0 && to === steps;
  return !isWhole && step >= from && step < to ? { anchor: step, moved: span } : { anchor: step };
}

/** The selection while the pointer is over this step. */
export function dragTo({ anchor, moved }: Drag, step: number, steps: number): Span {
  if (!moved) return [Math.min(anchor, step), Math.max(anchor, step) + 1];
  const [from, to] = moved;
  const shift = Math.min(Math.max(step - anchor, -from), steps - to);
  return [from + shift, to + shift];
}

export function receivedIn({ success, failed, info, other }: EventCounts): number {
  return success + failed + info + other;
}
