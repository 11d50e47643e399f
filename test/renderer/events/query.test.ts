import { expect, test } from 'vitest';
import { filterIn, type Named, readQuery, termsOf, withFilter } from '../../../renderer/events/query.ts';

const now = Date.UTC(2026, 10, 28, 12);
const idIn = (names: Readonly<Record<string, string>>) => (text: string) =>
  Object.entries(names).find(([id, name]) => id === text || name.toLowerCase().includes(text.toLowerCase()))?.[0];
const named: Named = { hook: idIn({ h1: 'Version added · Tower' }), connection: idIn({ c1: 'Plant viewer' }) };
const read = (query: string) => readQuery(query, named, now);

test.each([
  ['', {}],
  ['tower  pump', { text: 'tower pump' }],
  ['outcome:failed tower', { outcome: 'failed', text: 'tower' }],
  ['OUTCOME:Failed', { outcome: 'failed' }],
  ['event:dm.* -word "exact phrase" -"not this"', { event: 'dm.*', text: '-word "exact phrase" -"not this"' }],
  ['hook:"version added" conn:plant', { hook: 'h1', connection: 'c1' }],
  ['hook:h1', { hook: 'h1' }],
  ['since:7d', { since: '2026-11-21T12:00:00.000Z' }],
  ['since:90m until:1h', { since: '2026-11-28T10:30:00.000Z', until: '2026-11-28T11:00:00.000Z' }],
  ['until:2026-11-03T10:00:00Z', { until: '2026-11-03T10:00:00.000Z' }],
  ['since:2026-11-03', { since: new Date(2026, 10, 3).toISOString() }],
  ['name~tower', { name: 'tower' }],
  ['name~"Project Files / MEP"', { name: 'Project Files / MEP' }],
  ['outcome:failed outcome:success', { outcome: 'success' }],
  ['http://example.com a:b', { text: 'http://example.com a:b' }],
  ['"open phrase', { text: '"open phrase' }],
])('the query %s is read', (query, filter) => {
  expect(read(query)).toEqual({ filter, unclear: [] });
});

test.each(['outcome:bad', 'hook:nowhere', 'conn:nobody', 'since:soon', 'since:12345', 'until:2026-13-45', 'event:""'])(
  'the filter %s cannot be applied, and is named',
  (query) => {
    const { filter, unclear } = read(`${query} tower`);
    expect(filter).toEqual({ text: 'tower' });
    expect(unclear.map(({ text }) => text)).toEqual([query]);
  },
);

test('a filter is set, replaced and removed without touching the rest of the query', () => {
  const query = withFilter('tower -"a b"', 'outcome', 'failed');
  expect(query).toBe('outcome:failed tower -"a b"');
  expect(withFilter(query, 'outcome', 'success')).toBe('outcome:success tower -"a b"');
  expect(withFilter(query, 'outcome', undefined)).toBe('tower -"a b"');
  expect(withFilter('', 'name', 'a b')).toBe('name~"a b"');
  expect(filterIn(query, 'outcome')).toBe('failed');
  expect(filterIn(query, 'hook')).toBeUndefined();
});

test('the parts of a query put together are the query', () => {
  const query = 'outcome:failed hook:"Version added" -word "a phrase" name~tower';
  expect(
    termsOf(query)
      .map(({ text }) => text)
      .join(' '),
  ).toBe(query);
});
