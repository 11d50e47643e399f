import { expect, test } from 'vitest';
import { browse } from '../../../main/connectors/aps-browse/browse.ts';
import type { BrowseNode, Context } from '../../../main/engine/connector/index.ts';
import { openAps, openServer, signedIn } from '../context.ts';

const named = (nodes: readonly BrowseNode[], name: string): BrowseNode => {
  const node = nodes.find((one) => one.name === name);
  if (!node) throw new Error(`There is no ${name} among ${nodes.map((one) => one.name).join(', ')}.`);
  return node;
};
/** What lies under the node of these names. */
async function walk(context: Context, ...names: readonly string[]): Promise<readonly BrowseNode[]> {
  let nodes = (await browse.children(context)).nodes;
  for (const name of names) nodes = (await browse.children(context, named(nodes, name).id)).nodes;
  return nodes;
}
const asked = (requests: readonly { path: string; query: string }[]) =>
  requests.filter(({ path }) => !path.endsWith('/token')).map(({ path, query }) => path + query);

test('hubs of all kinds are listed with their region; a personal one is nothing to the application', async () => {
  const { context } = await openAps();
  const { nodes, notes, next } = await browse.children(context);
  expect(nodes.map(({ name, detail, region }) => [name, detail, region])).toEqual([
    ['Example Construction', 'ACC, BIM 360 · US', 'US'],
    ['Example Europe', 'ACC, BIM 360 · EMEA', 'EMEA'],
    ['Sandbox hub', 'Fusion Team · US', 'US'],
  ]);
  expect([notes, next]).toEqual([[], undefined]);
});

test('450 projects come in three pages, and each page is asked for once', async () => {
  const { aps, context } = await openAps();
  const europe = named(await walk(context), 'Example Europe');
  const first = await browse.children(context, europe.id);
  const second = await browse.children(context, europe.id, first.next);
  const third = await browse.children(context, europe.id, second.next);
  const names = [first, second, third].flatMap(({ nodes }) => nodes.map(({ name }) => name));
  expect([names.length, new Set(names).size, third.next]).toEqual([450, 450, undefined]);
  expect(asked(aps.requests).filter((path) => path.includes('/projects'))).toHaveLength(3);
  expect(new Set(third.nodes.map(({ region }) => region))).toEqual(new Set(['EMEA']));
});

test('a later page can be asked for although the earlier ones are forgotten', async () => {
  const { context } = await openAps();
  const europe = named(await walk(context), 'Example Europe');
  const fresh = { ...context, memory: new Map() };
  const { nodes } = await browse.children(fresh, europe.id, '2');
  expect(nodes.map(({ name }) => name).at(-1)).toBe('Site 450');
});

test('a folder and a project give the scopes of a hook, in the region of their hub', async () => {
  const { aps, context } = await openAps();
  const tower = named(await walk(context, 'Example Construction'), 'Tower');
  expect(tower.scope).toEqual({ project: aps.project.projectId.slice(2), folder: aps.project.projectRoot });
  const structural = named(await walk(context, 'Example Construction', 'Tower', 'Project Files'), 'Structural');
  expect([structural.scope, structural.region]).toEqual([{ folder: aps.project.folder }, 'US']);
  const site = named(await walk(context, 'Example Europe', 'Site 007'), 'Project Files');
  expect(site.scope?.folder).toMatch(/^urn:adsk\.wipemea:fs\.folder:co\.[\w-]+$/);
});

test('hidden folders and the root folders that the service keeps for itself are not shown', async () => {
  const { context } = await openAps();
  expect((await walk(context, 'Example Construction', 'Tower')).map(({ name }) => name)).toEqual(['Project Files']);
});

test('a file gives the URN of its newest version for a job, each version its own', async () => {
  const { aps, context } = await openAps();
  const path = ['Example Construction', 'Tower', 'Project Files', 'Structural'];
  const frame = named(await walk(context, ...path), 'Frame.rvt');
  const { id } = aps.files.get('Frame.rvt') ?? {};
  const urn = (version: number) =>
    Buffer.from(`urn:adsk.wipprod:fs.file:vf.${id}?version=${version}`).toString('base64url');
  expect([frame.urn, frame.detail]).toEqual([urn(3), 'version 3 · 18.4 MB · 2026-01-08']);
  const versions = (await browse.children(context, frame.id)).nodes;
  expect(versions.map((version) => version.urn)).toEqual([urn(3), urn(2), urn(1)]);
  expect(versions.every(({ expandable }) => !expandable)).toBe(true);
});

test('without a derivative of its own, a version is called by its whole id in base64url', async () => {
  // The pair of the specification's own example.
  const id = 'urn:adsk.wipqa:fs.file:vf.t_xhul0aQdmha7aAiPn_9g?version=1';
  const { context } = await openServer(
    signedIn((_, response) => response.end(JSON.stringify({ data: [{ type: 'versions', id, attributes: {} }] }))),
  );
  const item = Buffer.from(JSON.stringify({ kind: 'item', project: 'b.x', item: 'urn:adsk:x' })).toString('base64url');
  const [version] = (await browse.children(context, item)).nodes;
  expect(version?.urn).toBe('dXJuOmFkc2sud2lwcWE6ZnMuZmlsZTp2Zi50X3hodWwwYVFkbWhhN2FBaVBuXzlnP3ZlcnNpb249MQ');
});

test('what is known is not asked for again for three minutes', async () => {
  let now = 1_000_000;
  const { aps, context: real } = await openAps();
  const context = { ...real, now: () => now };
  await Promise.all([browse.children(context), browse.children(context)]);
  now += 3 * 60_000 - 1;
  await browse.children(context);
  expect(asked(aps.requests)).toHaveLength(1);
  now += 2;
  await browse.children(context);
  expect(asked(aps.requests)).toHaveLength(2);
});

test('a list that failed is asked for again', async () => {
  const { aps, context } = await openAps();
  aps.addFault({ path: '/hubs', status: 500, times: 1 });
  await expect(browse.children(context)).rejects.toThrow('an outage (HTTP 500)');
  expect((await browse.children(context)).nodes).toHaveLength(3);
});
