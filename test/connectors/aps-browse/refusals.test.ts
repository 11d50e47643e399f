import { expect, test } from 'vitest';
import { browse } from '../../../main/connectors/aps-browse/browse.ts';
import type { NodeAddress } from '../../../main/connectors/aps-browse/node-address.ts';
import { failure, openAps, openServer, signedIn } from '../context.ts';

const idOf = (place: NodeAddress | object): string => Buffer.from(JSON.stringify(place)).toString('base64url');
const client = 'inventedClientId0123456789';

/** A service that answers every list with this status and body; what was asked of it, by path. */
async function openList(status: number, body: object | string, headers: Record<string, string> = {}) {
  const paths: string[] = [];
  const { url, context } = await openServer(
    signedIn((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    }),
  );
  return { url, context, paths };
}

test('an account that does not know the application is explained, with its client id and the page that helps', async () => {
  const { aps, context } = await openAps({ hubs: 'none' });
  const { nodes, notes } = await browse.children(context);
  expect(nodes).toEqual([]);
  expect(notes).toMatchObject([
    {
      text: `Your client id (${client}) is not provisioned in this account: an administrator adds it under Custom Integrations. Autodesk says: Unable to get hubs from BIM360DM EMEA. You don't have permission to access this API`,
      link: 'autodesk-integrations',
    },
  ]);
  // Once the administrator has added it, nobody waits for a cache.
  aps.behaviour.hubs = 'all';
  expect((await browse.children(context)).nodes).toHaveLength(3);
});

test('where only some accounts answer, the others are named as left out', async () => {
  const { context } = await openAps({ hubs: 'some' });
  const { nodes, notes } = await browse.children(context);
  expect(nodes.map(({ name }) => name)).toEqual(['Example Construction', 'Sandbox hub']);
  expect(notes[0]?.text).toContain(`Where an account is missing, your client id (${client}) is not provisioned in it`);
  expect(notes).toHaveLength(1);
});

test('an empty list without any warning is explained alike', async () => {
  const { context } = await openList(200, { jsonapi: { version: '1.0' }, data: [] });
  const { notes } = await browse.children(context);
  expect(notes[0]?.text).toContain('is not provisioned in this account');
  expect(notes[0]?.link).toBe('autodesk-integrations');
});

test('a next page at another host never gets the sign-in', async () => {
  const elsewhere: string[] = [];
  const foreign = await openServer((request, response) => {
    elsewhere.push(String(request.headers.authorization));
    response.end('{"data":[]}');
  });
  const hub = { type: 'hubs', id: 'b.x', attributes: { name: 'Hub' } };
  const { context } = await openList(200, { data: [hub], links: { next: { href: `${foreign.url}/project/v1/hubs` } } });
  const { nodes, notes, next } = await browse.children(context);
  expect([nodes.length, next]).toEqual([1, undefined]);
  expect(notes[0]?.text).toContain(new URL(foreign.url).host);
  expect((await failure(browse.children(context, undefined, '1'))).code).toBe('not-found');
  expect(elsewhere).toEqual([]);
});

test.each(['//127.0.0.2/x', 'https://127.0.0.1@127.0.0.2/x', '/\\127.0.0.2/x', 'javascript:alert(1)', 'http://['])(
  'a next page at %s is not followed',
  async (href) => {
    const { context } = await openList(200, { data: [{ type: 'hubs', id: 'b.x' }], links: { next: { href } } });
    const { next, notes } = await browse.children(context);
    expect([next, notes.length]).toEqual([undefined, 1]);
  },
);

test('a next page is asked for as it is written, absolute or not', async () => {
  const hub = { type: 'hubs', id: 'b.x' };
  const href = '/project/v1/hubs?page%5Bnumber%5D=1&page[limit]=2&x=%2F';
  const { context, paths } = await openList(200, { data: [hub], links: { next: { href } } });
  await browse.children(context, undefined, '1');
  expect(paths).toEqual(['/project/v1/hubs', href]);
});

test('a list whose next page is itself ends there', async () => {
  const { context } = await openList(200, {
    data: [{ type: 'hubs', id: 'b.x' }],
    links: { next: { href: '/project/v1/hubs' } },
  });
  expect((await browse.children(context)).next).toBeUndefined();
});

test('no list is followed beyond fifty pages', async () => {
  let page = 0;
  const { context } = await openServer(
    signedIn((_, response) => {
      page += 1;
      const data = [{ type: 'hubs', id: `b.${page}` }];
      response.end(JSON.stringify({ data, links: { next: { href: `/project/v1/hubs?page=${page}` } } }));
    }),
  );
  const last = await browse.children(context, undefined, '49');
  expect([page, last.next, last.notes[0]?.text]).toEqual([
    50,
    undefined,
    'The list is longer than 50 pages. The rest is not shown.',
  ]);
  expect((await failure(browse.children(context, undefined, '50'))).code).toBe('invalid-input');
});

test.each(['', 'x', '%', 'bm9uc2Vuc2U', idOf({}), idOf({ kind: 'folder', project: 'b.x' })])(
  'what is no node id (%s) is refused before anything is asked',
  async (node) => {
    const { context, paths } = await openList(200, { data: [] });
    expect((await failure(browse.children(context, node))).code).toBe('invalid-input');
    expect(paths).toEqual([]);
  },
);

test.each(['..', '.', '', '\ud800', 'x'.repeat(251)])('a node id with the part "%s" is refused', async (part) => {
  const { context, paths } = await openList(200, { data: [] });
  const node = idOf({ kind: 'folder', project: 'b.x', folder: part });
  expect((await failure(browse.children(context, node))).code).toBe('invalid-input');
  expect(paths).toEqual([]);
});

test('ids go into paths percent-encoded, question marks and slashes too', async () => {
  const { context, paths } = await openList(200, { data: [] });
  await browse.children(context, idOf({ kind: 'item', project: 'b.x/../y', item: 'urn:adsk:vf.a?version=2#z' }));
  expect(paths).toEqual(['/data/v1/projects/b.x%2F..%2Fy/items/urn%3Aadsk%3Avf.a%3Fversion%3D2%23z/versions']);
});

test('pages are numbers only', async () => {
  const { context, paths } = await openList(200, { data: [] });
  for (const page of ['0', '-1', '1.5', 'https://example.com', '100', ' 1']) {
    expect((await failure(browse.children(context, undefined, page))).code).toBe('invalid-input');
  }
  expect(paths).toEqual([]);
});

test('a folder that was deleted is said to be gone', async () => {
  const { aps, context } = await openAps();
  const folder = { kind: 'folder', project: aps.project.projectId, folder: aps.project.folder } as const;
  await browse.children(context, idOf(folder));
  aps.deleteFolder(aps.project.folder);
  context.memory.clear();
  const { code, message } = await failure(browse.children(context, idOf(folder)));
  expect([code, message]).toEqual([
    'not-found',
    'This folder is not there any more, or this account may not see it. Open the level above again.',
  ]);
});

test.each([
  [
    400,
    { jsonapi: {}, errors: [{ status: '400', code: 'BAD_INPUT', title: 'Bad.', detail: 'The id is not valid.' }] },
    'Autodesk rejected the request (BAD_INPUT): The id is not valid.',
  ],
  [
    403,
    { jsonapi: {}, errors: [{ status: '403', code: 'FORBIDDEN', title: 'No right.' }] },
    'Autodesk does not allow this (FORBIDDEN): No right. For ACC and BIM 360 an account administrator must add the client id as a custom integration; otherwise check the rights on the scope.',
  ],
  [
    401,
    { developerMessage: 'The token is not valid.', errorCode: 'AUTH-006' },
    'Autodesk does not accept the sign-in (AUTH-006). Check the client id and secret.',
  ],
  [423, { errors: [{ status: '423', title: 'Locked' }] }, 'Autodesk rejected the request (HTTP 423): Locked.'],
  [500, '<html>no</html>', 'Autodesk has an outage (HTTP 500). Try again in a few minutes.'],
  [200, '<html>hello</html>', 'The answer is not a list of the Data Management API. Check the base URL.'],
  [200, { data: {} }, 'The answer is not a list of the Data Management API. Check the base URL.'],
])('an answer %i %j becomes a sentence', async (status, body, sentence) => {
  const { context } = await openList(status, body);
  expect((await failure(browse.children(context))).message).toContain(sentence);
});

test('a quota is obeyed for all folders alike until its time has passed', async () => {
  let now = 1_000_000;
  const list = await openList(429, '{}', { 'retry-after': '120' });
  const context = { ...list.context, now: () => now };
  const folder = (name: string) => idOf({ kind: 'folder', project: 'b.x', folder: name });
  await expect(browse.children(context, folder('one'))).rejects.toThrow('Try again in 120 seconds');
  now += 60_000;
  await expect(browse.children(context, folder('two'))).rejects.toThrow('Try again in 60 seconds');
  expect(list.paths).toHaveLength(1);
});

test('what has no id, no name or no members at all is passed over or shown by its id', async () => {
  const data = [null, 7, {}, { id: 5 }, { id: '..' }, { id: 'a.plain' }, { id: 'b.x', attributes: { name: 'Hub' } }];
  const { context } = await openList(200, { data });
  expect((await browse.children(context)).nodes.map(({ name }) => name)).toEqual(['a.plain', 'Hub']);
});
