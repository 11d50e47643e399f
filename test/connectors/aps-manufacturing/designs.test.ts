import { expect, test } from 'vitest';
import { designs } from '../../../main/connectors/aps-manufacturing/designs.ts';
import type { BrowseNode, Context } from '../../../main/engine/connector/index.ts';
import { failure, openAps } from '../context.ts';

const named = (nodes: readonly BrowseNode[]) => nodes.map(({ kind, name, expandable }) => [kind, name, expandable]);

/** Opens one node after the other, by name. */
async function under(context: Context, ...names: readonly string[]): Promise<readonly BrowseNode[]> {
  let { nodes } = await designs.children(context);
  for (const name of names) {
    const node = nodes.find((one) => one.name === name);
    ({ nodes } = await designs.children(context, node?.id));
  }
  return nodes;
}

test('hubs hold projects, projects folders and designs, folders more of them', async () => {
  const { aps, context } = await openAps();
  expect(named(await under(context))).toEqual([['hub', 'Sandbox hub', true]]);
  expect(named(await under(context, 'Sandbox hub'))).toEqual([
    ['project', 'Tower', true],
    ['project', 'Archive', true],
  ]);
  expect(named(await under(context, 'Sandbox hub', 'Tower'))).toEqual([
    ['folder', 'Structural', true],
    ['component', 'Tower', false],
    ['component', 'Wheel', false],
  ]);
  const [frame, fasteners] = await under(context, 'Sandbox hub', 'Tower', 'Structural');
  const { id } = aps.manufacturing.component('Frame');
  expect(frame).toMatchObject({ kind: 'component', name: 'Frame', scope: { component: id }, resourceIds: [id] });
  expect(named([...(await under(context, 'Sandbox hub', 'Tower', 'Structural', 'Fasteners'))])).toEqual([
    ['component', 'Bracket', false],
  ]);
  expect(fasteners?.parentId).toBe(frame?.parentId);
  expect(await under(context, 'Sandbox hub', 'Archive')).toEqual([]);
});

test('long lists come in pages', async () => {
  const { context } = await openAps({ pageSize: 2 });
  const [tower] = await under(context, 'Sandbox hub');
  const first = await designs.children(context, tower?.id);
  expect([first.nodes.length, first.next]).toEqual([2, '2']);
  const second = await designs.children(context, tower?.id, first.next);
  expect([named(second.nodes), second.next]).toEqual([[['component', 'Wheel', false]], undefined]);
});

test('a page of which a part failed is shown with what is there', async () => {
  const { aps, context } = await openAps();
  const results = [{ id: 'a', name: 'One' }, null];
  const errors = [{ message: 'Hub is asleep.', path: ['hubs', 'results', 1] }];
  aps.addFault({ path: 'graphql', status: 400, body: { data: { hubs: { results } }, errors } });
  const { nodes, notes } = await designs.children(context);
  expect([named(nodes), notes]).toMatchObject([
    [['hub', 'One', true]],
    [{ text: 'Autodesk left something out: Hub is asleep.' }],
  ]);
});

test('an id with quotes in it stays an id', async () => {
  const { context } = await openAps();
  const hub = '") { id } } #';
  const node = Buffer.from(JSON.stringify({ kind: 'hub', hub })).toString('base64url');
  expect((await failure(designs.children(context, node))).message).toBe(
    'Autodesk rejected the request: Hub not found.',
  );
});

test('what is no node of this tree is refused', async () => {
  const { context } = await openAps();
  expect((await failure(designs.children(context, 'nonsense'))).code).toBe('invalid-input');
});

test('the name of a component that was typed can be asked for', async () => {
  const { aps, context } = await openAps();
  const { id } = aps.manufacturing.component('Frame');
  expect(await designs.find?.(context, { component: id })).toMatchObject({ name: 'Frame', resourceIds: [id] });
  expect(await designs.find?.(context, { component: 'unknown' })).toBeUndefined();
  expect(await designs.find?.(context, {})).toBeUndefined();
});
