import localtunnel from 'localtunnel';
import { expect, onTestFinished, test } from 'vitest';
import { type SandboxOptions, startSandbox } from '../../main/sandbox/sandbox.ts';
import { until } from '../support/temporary.ts';
import { callAs } from './caller.ts';
import { startReceiver } from './receiver.ts';

async function open(options?: SandboxOptions) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.stop());
  const { aps } = sandbox;
  const { url, received, port } = await startReceiver();
  const caller = callAs(aps, aps.issueToken());
  const { rootFolder: folder, workflow } = aps.project;
  await caller.createHook('data', 'dm.version.added', { callbackUrl: url, scope: { folder } });
  await caller.createHook('adsk.c4r', 'model.publish', { callbackUrl: url, scope: { folder } });
  await caller.createHook('derivative', 'extraction.finished', { callbackUrl: url, scope: { workflow } });
  const bodies = () => received.map(({ body }) => JSON.parse(String(body)));
  const act = async (scenario: string, input: unknown) => {
    const response = await fetch(`${sandbox.apsUrl}/sandbox/${scenario}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: { 'content-type': 'application/json' },
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return { sandbox, aps, caller, url, port, received, bodies, act };
}

test('a callback goes through the tunnel as it was signed', async () => {
  const { sandbox, aps, caller, port, received } = await open();
  const tunnel = await localtunnel({ port, host: sandbox.relayUrl });
  onTestFinished(() => tunnel.close());
  const scope = { folder: aps.project.folder };
  await caller.createHook('data', 'dm.version.added', { callbackUrl: `${tunnel.url}/in/tunnelled`, scope });
  await caller.call('POST', '/webhooks/v1/tokens', { token: 'a'.repeat(64) });
  const sent = await aps.upload();
  expect(sent.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  const got = received.find(({ path }) => path === '/in/tunnelled');
  expect(String(got?.body)).toBe(sent[1]?.body);
  expect(got?.headers['x-adsk-signature']).toBe(sent[1]?.signature);
});

test('an upload and the publishing of a model are about the same lineage', async () => {
  const { aps, bodies } = await open();
  await aps.upload();
  await aps.publish();
  await aps.upload();
  const [first, pending, started, second] = bodies();
  expect(first.payload).toMatchObject({ name: 'Tower.rvt', version: '1', lineageUrn: pending.resourceUrn });
  expect([pending.payload.state, started.payload.state]).toEqual(['PUBLISHING_PENDING', 'PUBLISHING_IN_PROGRESS']);
  expect(started.resourceUrn).toBe(pending.resourceUrn);
  expect(pending.payload).toEqual({
    state: 'PUBLISHING_PENDING',
    projectId: aps.project.projectId,
    parentFolder: aps.project.folder,
    modelGuid: expect.any(String),
    projectGuid: expect.any(String),
    modelVersion: expect.any(Number),
    episodeGuid: expect.any(String),
  });
  expect(started.payload.episodeGuid).toBe(pending.payload.episodeGuid);
  expect(second.payload).toMatchObject({ version: '2', lineageUrn: pending.resourceUrn });
});

test('a translation ends well or not, as told', async () => {
  const { aps, bodies } = await open({ aps: { translationTime: 4 } });
  await aps.translate();
  await aps.translate({ name: 'housing.iam', outcome: 'failed' });
  const ends = bodies().map(({ resourceUrn, payload }) => [
    Buffer.from(resourceUrn, 'base64url').toString().split('/').pop(),
    payload.Payload.status,
  ]);
  expect(ends).toEqual([
    ['pump.ipt', 'success'],
    ['housing.iam', 'failed'],
  ]);
});

test('any event at all can be emitted, to the hooks of its scope', async () => {
  const { aps, caller, url, received } = await open();
  const system = 'autodesk.construction.issues';
  await caller.createHook(system, 'issue.*', { callbackUrl: url, scope: { project: 'project-1' } });
  const issue = {
    system,
    event: 'issue.created-1.0',
    resourceUrn: 'urn:adsk.issues:issues.issue:1',
    payload: { id: '1' },
  };
  expect(await aps.emit({ ...issue, scope: { project: 'project-2' } })).toEqual([]);
  expect(await aps.emit({ ...issue, scope: { project: 'project-1' } })).toHaveLength(1);
  expect(await aps.emit(issue)).toHaveLength(1);
  expect(received).toHaveLength(2);
});

test('scenarios run over HTTP', async () => {
  const { sandbox, bodies, act } = await open({ aps: { translationTime: 4 } });
  const about = (await (await fetch(`${sandbox.apsUrl}/sandbox`)).json()) as Record<string, unknown>;
  expect(about.project).toEqual(sandbox.aps.project);
  expect(await act('upload', { name: 'Site.rvt', alter: { repeat: 'same-id' } })).toMatchObject({
    status: 200,
    body: [{ state: 'delivered' }, { state: 'delivered' }],
  });
  await act('publish', {});
  await act('translate', { outcome: 'failed' });
  await act('emit', { system: 'data', event: 'dm.version.added', resourceUrn: 'urn:x', payload: { name: 'Any.rvt' } });
  expect(bodies().map(({ payload }) => payload.name ?? payload.state ?? payload.Payload.status)).toEqual([
    'Site.rvt',
    'Site.rvt',
    'PUBLISHING_PENDING',
    'PUBLISHING_IN_PROGRESS',
    'failed',
    'Any.rvt',
  ]);
  const callbacks = (await (await fetch(`${sandbox.apsUrl}/sandbox/callbacks`)).json()) as unknown[];
  expect(callbacks).toHaveLength(6);
});

test('a scenario with invalid input is rejected, and so is one sent by a form on a web page', async () => {
  const { sandbox, act, received } = await open();
  expect((await act('upload', { file: 'Tower.rvt' })).status).toBe(400);
  const form = await fetch(`${sandbox.apsUrl}/sandbox/upload`, { method: 'POST', body: new URLSearchParams({}) });
  expect(form.status).toBe(400);
  expect(received).toEqual([]);
});

test('a fault can be put in over HTTP, for one request unless told otherwise', async () => {
  const { caller, act } = await open();
  await act('faults', { path: '/webhooks', status: 429, retryAfter: 2 });
  const limited = await caller.call('GET', '/webhooks/v1/hooks');
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  expect((await caller.call('GET', '/webhooks/v1/hooks')).status).toBe(200);
});

test('asked ports and application are taken', async () => {
  const first = await startSandbox();
  const application = { clientId: first.clientId, clientSecret: first.clientSecret };
  const ports = [first.apsUrl, first.relayUrl].map((url) => Number(new URL(url).port));
  await first.stop();
  const second = await startSandbox({ aps: { port: ports[0] ?? 0, application }, relay: { port: ports[1] ?? 0 } });
  onTestFinished(() => second.stop());
  expect([second.apsUrl, second.relayUrl]).toEqual([first.apsUrl, first.relayUrl]);
  expect(second).toMatchObject(application);
});

test('a taken port is told, and nothing stays open', async () => {
  const { port } = await startReceiver();
  const free = await startSandbox();
  const ports = [free.apsUrl, free.relayUrl].map((url) => Number(new URL(url).port));
  await free.stop();
  const options = { aps: { port: ports[0] ?? 0 }, relay: { port: ports[1] ?? 0 }, autoflex: { port } };
  await expect(startSandbox(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  for (const url of [free.apsUrl, free.relayUrl]) await expect(fetch(url)).rejects.toThrow();
});

test('stopping is complete in the middle of everything', async () => {
  const { sandbox, aps, caller } = await open({ aps: { translationTime: 3_600_000 } });
  aps.addFault({ path: '/webhooks', hang: true });
  const asking = caller.call('GET', '/webhooks/v1/hooks').catch(() => 'cut');
  const translating = aps.translate();
  await until(() => aps.requests.at(-1)?.method === 'GET');
  await sandbox.stop();
  expect(await asking).toBe('cut');
  expect(await translating).toEqual([]);
  for (const url of [sandbox.apsUrl, sandbox.relayUrl, sandbox.autoflexUrl]) {
    await expect(fetch(url)).rejects.toThrow();
  }
});
