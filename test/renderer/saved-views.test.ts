import { expect, test } from 'vitest';
import { viewsIn, withoutView, withView } from '../../renderer/events/views/saved-views.ts';

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

test('what is stored is read, and anything else is no view', () => {
  expect(viewsIn(JSON.stringify([failed, { name: 1 }, null, 'x']))).toEqual([failed]);
  expect([viewsIn('{'), viewsIn('{}'), viewsIn(undefined)]).toEqual([[], [], []]);
});
