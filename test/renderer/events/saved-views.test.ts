import { expect, test } from 'vitest';
import { isFull, withoutView, withView } from '../../../renderer/events/views/saved-views.ts';

const failed = { name: 'Failed', query: 'outcome:failed' };
const tower = { name: 'Tower', query: 'name~tower' };

test('a view takes the place of another of its name, and the names are in order', () => {
  const both = withView(withView([], tower), failed);
  expect(both).toEqual([failed, tower]);
  expect(withView(both, { name: 'tower', query: 'name~tower since:7d' })).toEqual([
    failed,
    { name: 'tower', query: 'name~tower since:7d' },
  ]);
  expect(withoutView(both, 'Failed')).toEqual([tower]);
});

test('there is room for 50 views, and always for another search under a name that is taken', () => {
  const views = Array.from({ length: 50 }, (_, number) => ({ name: `View ${number}`, query: 'outcome:failed' }));
  expect(isFull(views.slice(1), 'Tower')).toBe(false);
  expect(isFull(views, 'Tower')).toBe(true);
  expect(isFull(views, 'view 7')).toBe(false);
  expect(withView(views.slice(1), tower)).toHaveLength(50);
});
