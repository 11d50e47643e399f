import { expect, onTestFinished, test } from 'vitest';
import { type Aps, startAps } from '../../../main/sandbox/aps/index.ts';

async function setUp() {
  const aps = await startAps();
  onTestFinished(() => aps.stop());
  return {
    aps,
    get: (path: string, token = aps.issueToken(), accept = 'application/json') => ask(aps, path, token, accept),
  };
}

async function ask(aps: Aps, path: string, token: string, accept: string) {
  const response = await fetch(aps.url + path, { headers: { authorization: `Bearer ${token}`, accept } });
  const body = (await response.json()) as { data?: { id: string }[]; errors?: { code: string }[]; errorCode?: string };
  return { status: response.status, body };
}

const contents = ({ project }: Aps) =>
  `/data/v1/projects/${project.projectId}/folders/${encodeURIComponent(project.folder)}/contents`;

test('a token without data:read is refused by the gateway', async () => {
  const { aps, get } = await setUp();
  const { status, body } = await get('/project/v1/hubs', aps.issueToken({ scopes: ['data:create'] }));
  expect([status, body.errorCode]).toEqual([403, 'AUTH-010']);
});

test('a personal hub is shown to its person alone', async () => {
  const { aps, get } = await setUp();
  expect((await get('/project/v1/hubs')).body.data).toHaveLength(3);
  expect((await get('/project/v1/hubs', aps.issueToken({ user: 'sam' }))).body.data).toHaveLength(4);
});

test.each(['page[number]=-1', 'page[number]=x', 'page[limit]=0', 'page[limit]=201'])(
  'a list with %s is refused',
  async (query) => {
    const { aps, get } = await setUp();
    const { status, body } = await get(`${contents(aps)}?${query}`);
    expect([status, body.errors?.[0]?.code]).toEqual([400, 'BAD_INPUT']);
  },
);

test('the page asked for has so many entries, and a file that arrived is among them', async () => {
  const { aps, get } = await setUp();
  await aps.upload({ name: 'Roof.rvt' });
  expect((await get(contents(aps))).body.data).toHaveLength(2);
  expect((await get(`${contents(aps)}?page[limit]=1&page[number]=1`)).body.data).toHaveLength(1);
});

test('a project id without its prefix is refused, and what is not there is not found', async () => {
  const { aps, get } = await setUp();
  const path = contents(aps);
  expect((await get(path.replace('/b.', '/'))).status).toBe(400);
  expect((await get(path.replace('/b.', '/b.0'))).status).toBe(404);
  expect((await get(path, undefined, 'text/html')).status).toBe(406);
  aps.deleteFolder(aps.project.folder);
  expect((await get(path)).status).toBe(404);
});

test('ids and names are the same each time they are asked for', async () => {
  const { get } = await setUp();
  const [first, second] = [await get('/project/v1/hubs'), await get('/project/v1/hubs')];
  expect(first.body).toEqual(second.body);
});
