import { expect, test } from 'vitest';
import { withoutView, withView } from '../../../renderer/events/views/saved-views.ts';

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
