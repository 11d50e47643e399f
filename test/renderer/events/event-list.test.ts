import { expect, test } from 'vitest';
import type { EventView } from '../../../preload/contract/index.ts';
import { withArrived, withLatest, withOlder } from '../../../renderer/events/event-list.ts';

/** Events by their second of arrival, newest first. */
function events(...seconds: number[]): EventView[] {
  return seconds.map((second) => ({
    id: `e${second}`,
    hook: 'h',
    connection: 'c',
    receivedAt: new Date(second * 1000).toISOString(),
    title: `Event ${second}`,
    readable: true,
    verified: 'signature',
    deliveries: 1,
  }));
}
const ids = ({ events: list }: { readonly events: readonly EventView[] }) => list.map(({ id }) => id).join(' ');

test('a newest page that reaches down to what is known is put on top of it', () => {
  const known = { events: events(5, 4, 3, 2, 1), next: 'older' };
  const merged = withLatest(known, { events: events(7, 6, 5, 4), next: 'page' });
  expect(ids(merged)).toBe('e7 e6 e5 e4 e3 e2 e1');
  expect(merged.next).toBe('older');
});

test('a newest page that leaves a gap replaces what is known', () => {
  const merged = withLatest({ events: events(2, 1) }, { events: events(9, 8), next: 'page' });
  expect(ids(merged)).toBe('e9 e8');
  expect(merged.next).toBe('page');
});

test('events that arrived while the page was on its way stay on top of it', () => {
  const merged = withLatest({ events: events(9, 6, 5), next: 'older' }, { events: events(7, 6, 5), next: 'page' });
  expect(ids(merged)).toBe('e9 e7 e6 e5');
});

test('a page that is the whole history drops what is no longer kept', () => {
  expect(ids(withLatest({ events: events(3, 2, 1) }, { events: events(3, 2) }))).toBe('e3 e2');
  expect(ids(withLatest({ events: events(3, 2, 1) }, { events: [] }))).toBe('');
});

test('an older page is put below, without doubles', () => {
  const merged = withOlder({ events: events(5, 4), next: 'a' }, { events: events(4, 3), next: 'b' });
  expect(ids(merged)).toBe('e5 e4 e3');
  expect(merged.next).toBe('b');
});

test('arrived events stand on top, and a repeated delivery changes its row where it stands', () => {
  const [repeated] = events(4);
  if (!repeated) throw new Error('no event');
  const merged = withArrived({ events: events(5, 4, 3) }, [...events(6, 7), { ...repeated, deliveries: 2 }]);
  expect(ids(merged)).toBe('e7 e6 e5 e4 e3');
  expect(merged.events[3]?.deliveries).toBe(2);
});
