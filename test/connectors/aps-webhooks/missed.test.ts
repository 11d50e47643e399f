import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { recovery } from '../../../main/connectors/aps-webhooks/missed.ts';
import { read } from '../../../main/connectors/aps-webhooks/reading.ts';
import type { MissedEvents, Reading, WatchedHook } from '../../../main/engine/connector/index.ts';
import { openServer, signedIn } from '../context.ts';

const project = 'b.4f8b2c11-0000-4000-8000-0123456789ab';
const folder = 'urn:adsk.wipprod:fs.folder:co.WatchedFolder000000001';
const below = 'urn:adsk.wipprod:fs.folder:co.FolderBelow000000000002';
const asleep = 'urn:adsk.wipprod:fs.folder:co.NothingNew0000000000003';
const since = Date.parse('2026-05-04T18:00:00Z');
const before = '2026-05-04T09:00:00.000Z';
const during = '2026-05-04T22:30:00.000Z';

const version = (name: string, number: number, createTime: string) => ({
  type: 'versions',
  id: `urn:adsk.wipprod:fs.file:vf.${name}?version=${number}`,
  attributes: {
    displayName: `${name}.rvt`,
    versionNumber: number,
    createTime,
    lastModifiedTime: createTime,
    fileType: 'rvt',
    storageSize: 18350080,
    createUserName: 'Sam Example',
  },
});
const item = (name: string, tip: number, changed: string) => ({
  type: 'items',
  id: `urn:adsk.wipprod:dm.lineage:${name}`,
  attributes: { displayName: `${name}.rvt`, lastModifiedTimeRollup: changed },
  relationships: { tip: { data: { type: 'versions', id: `urn:adsk.wipprod:fs.file:vf.${name}?version=${tip}` } } },
});
const subfolder = (id: string, name: string, changed: string) => ({
  type: 'folders',
  id,
  attributes: { displayName: name, lastModifiedTimeRollup: changed },
});

const base = `/data/v1/projects/${project}`;
const contents = (id: string) => `${base}/folders/${encodeURIComponent(id)}/contents`;
const lists: Readonly<Record<string, object>> = {
  [contents(folder)]: {
    data: [item('Frame', 4, during), item('Old', 1, before), subfolder(below, 'Below', during)],
    included: [version('Frame', 4, during), version('Old', 1, before)],
    links: { next: { href: `${contents(folder)}?page%5Bnumber%5D=1` } },
  },
  [`${contents(folder)}?page%5Bnumber%5D=1`]: {
    data: [item('First', 1, during), subfolder(asleep, 'Asleep', before)],
    included: [version('First', 1, during)],
  },
  [contents(below)]: { data: [item('Deep', 1, during)], included: [version('Deep', 1, during)] },
  [`${base}/items/${encodeURIComponent('urn:adsk.wipprod:dm.lineage:Frame')}/versions`]: {
    data: [version('Frame', 4, during), version('Frame', 3, during), version('Frame', 2, before)],
  },
};

async function ask(hook: Partial<WatchedHook>): Promise<{ answer: MissedEvents; asked: string[] }> {
  const asked: string[] = [];
  const answerList = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(request.url ?? '');
    const list = lists[request.url ?? ''];
    response.writeHead(list ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(list ?? { errors: [] }));
  };
  const { context } = await openServer(signedIn(answerList));
  const watched: WatchedHook = {
    system: 'data',
    event: 'dm.version.added',
    scope: { folder },
    parentOf: (resource) => (resource === folder ? project.slice(2) : undefined),
    ...hook,
  };
  return { answer: await recovery.missed(context, watched, since), asked };
}

const readings = ({ bodies }: MissedEvents): Reading[] =>
  bodies.map((body) =>
    read({
      ...{ method: 'POST', suffix: '', headers: {}, body, nameOf: () => undefined },
      hook: { system: 'data', event: 'dm.version.added', scope: { folder } },
    }),
  );

test('versions that came to be in the folder and below it are told as their callbacks would have told them', async () => {
  const { answer } = await ask({});
  expect(answer.incompleteReason).toBeUndefined();
  expect(readings(answer).map(({ title, event, resource }) => [title, event, resource])).toEqual([
    ['Deep.rvt: version 1 added', 'dm.version.added', 'urn:adsk.wipprod:fs.file:vf.Deep?version=1'],
    ['First.rvt: version 1 added', 'dm.version.added', 'urn:adsk.wipprod:fs.file:vf.First?version=1'],
    ['Frame.rvt: version 3 added', 'dm.version.added', 'urn:adsk.wipprod:fs.file:vf.Frame?version=3'],
    ['Frame.rvt: version 4 added', 'dm.version.added', 'urn:adsk.wipprod:fs.file:vf.Frame?version=4'],
  ]);
  expect(readings(answer)[0]).toMatchObject({ time: Date.parse(during), summary: 'Below · 18.4 MB · by Sam Example' });
});

test('folders and files in which nothing changed are not asked for', async () => {
  const { asked } = await ask({});
  expect(asked).toHaveLength(4);
  expect(asked).not.toContain(contents(asleep));
});

test('the project is told by an earlier callback, or by what was browsed; without it the gap is explained', async () => {
  const latest = Buffer.from(JSON.stringify({ payload: { project: project.slice(2) } }));
  expect((await ask({ latest, parentOf: () => undefined })).answer.bodies).toHaveLength(4);
  const { answer, asked } = await ask({ parentOf: () => undefined });
  expect(answer.bodies).toEqual([]);
  expect(answer.incompleteReason?.text).toMatch(/^It is not known here to which project its folder belongs/);
  expect(asked).toEqual([]);
});

test("the hook's filter counts for what is asked too", async () => {
  const { answer } = await ask({ filter: "$[?(@.name=='Deep.rvt')]" });
  expect(readings(answer).map(({ title }) => title)).toEqual(['Deep.rvt: version 1 added']);
});

test('what Autodesk cannot be asked for is a gap that says so, and costs no request', async () => {
  for (const hook of [
    { system: 'adsk.c4r', event: 'model.publish' },
    { system: 'derivative', event: 'extraction.finished', scope: { workflow: 'w' } },
    { system: 'data', event: 'dm.folder.added' },
  ]) {
    const { answer, asked } = await ask(hook);
    expect(answer.incompleteReason?.text).toMatch(/^Autodesk (has no list|cannot be queried)/);
    expect(asked).toEqual([]);
  }
  expect((await ask({ event: 'dm.*' })).answer).toMatchObject({
    incompleteReason: { text: expect.stringContaining('other changes') },
  });
});

test('a rejection is thrown, so that it is asked again', async () => {
  await expect(ask({ scope: { folder: below.replace('2', '9') }, parentOf: () => project.slice(2) })).rejects.toThrow();
});
