import { expect, onTestFinished, test } from 'vitest';
import type * as published from '../../build/sandbox.js';
import { type SandboxServiceOptions, startSandboxService } from '../../main/sandbox/index.ts';

async function open(options: SandboxServiceOptions = {}) {
  const service = await startSandboxService(options);
  onTestFinished(() => service.stop());
  const { control } = service.addresses();
  const post = async (path: string, input: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(control + path, { method: 'POST', headers, body: JSON.stringify(input) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const signIn = async () => {
    const { url, clientId, clientSecret } = service.addresses().aps;
    const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'data:read' });
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const response = await fetch(`${url}/authentication/v2/token`, {
      method: 'POST',
      headers: { authorization },
      body,
    });
    const { access_token: token } = (await response.json()) as { readonly access_token?: string };
    return { status: response.status, token };
  };
  const hubs = async (token: string | undefined) => {
    const { url } = service.addresses().aps;
    return (await fetch(`${url}/project/v1/hubs`, { headers: { authorization: `Bearer ${token}` } })).status;
  };
  return { service, control, post, signIn, hubs };
}

test('a seed gives the same accounts, projects and tokens each time, and another seed others', async () => {
  const [one, same, other] = [await open({ seed: 'a' }), await open({ seed: 'a' }), await open({ seed: 'b' })];
  const withoutAddresses = ({ service }: typeof one) => {
    const { aps, autoflex } = service.addresses();
    return { aps: { ...aps, url: '' }, autoflex: { ...autoflex, url: '' } };
  };
  expect(withoutAddresses(same)).toEqual(withoutAddresses(one));
  expect(other.service.addresses().aps.project.folder).not.toBe(one.service.addresses().aps.project.folder);
  const [token, sameToken] = [await one.signIn(), await same.signIn()];
  expect(token.status).toBe(200);
  expect(sameToken).toEqual(token);
});

test('a reset forgets tokens and faults, and leaves addresses, accounts and ordered faults as they were', async () => {
  const fault = { service: 'aps', path: '/hubs', status: 503 } as const;
  const { service, post, signIn, hubs } = await open({ seed: 'a', faults: [fault] });
  const before = service.addresses();
  const { token } = await signIn();
  expect([await hubs(token), await hubs(token)]).toEqual([503, 200]);
  expect(await post('/faults', { service: 'aps', path: '/hubs', status: 500, times: 9 })).toMatchObject({
    status: 200,
  });
  expect(await hubs(token)).toBe(500);
  expect(await Promise.all([post('/reset', {}), post('/reset', {})])).toMatchObject([
    { body: before },
    { body: before },
  ]);
  expect(await hubs(token)).toBe(503);
  expect(await hubs(token)).toBe(401);
  const { token: renewed } = await signIn();
  expect(renewed).toBe(token);
  expect(await hubs(renewed)).toBe(200);
});

test('the clock begins where it is told, is moved, and ends tokens', async () => {
  const { control, post, signIn, hubs } = await open({ time: Date.parse('2030-01-01T00:00:00Z') });
  expect(await (await fetch(control)).json()).toMatchObject({ time: expect.stringMatching(/^2030-01-01T00:/) });
  const { token } = await signIn();
  expect(await hubs(token)).toBe(200);
  expect(await post('/clock', { advance: 7200 })).toMatchObject({
    body: { time: expect.stringMatching(/^2030-01-01T02:/) },
  });
  expect(await hubs(token)).toBe(401);
  expect(await post('/clock', { time: '2031-05-05T00:00:00Z' })).toMatchObject({ status: 200 });
  expect(await post('/clock', { time: '2031-05-05T00:00:00Z', advance: 1 })).toMatchObject({ status: 400 });
  expect(await post('/clock', { advance: 'soon' })).toMatchObject({ status: 400 });
});

test('faults of both services are ordered at the control endpoint, and unknown ones are rejected', async () => {
  const { service, post } = await open();
  expect(await post('/faults', { service: 'autoflex', status: 500 })).toMatchObject({ status: 200 });
  const authenticate = `${service.addresses().autoflex.url}/authenticate`;
  expect((await fetch(authenticate)).status).toBe(500);
  expect((await fetch(authenticate)).status).toBe(401);
  expect(await post('/faults', { service: 'other' })).toMatchObject({ status: 400 });
  expect(await post('/faults', { service: 'aps', status: 'bad' })).toMatchObject({ status: 400 });
  expect(await post('/nothing', {})).toMatchObject({ status: 404 });
});

test('the published types are those of the service', async () => {
  const start: typeof published.startSandboxService = startSandboxService;
  const service = await start();
  const own: Awaited<ReturnType<typeof startSandboxService>> = service;
  await own.stop();
  await expect(fetch(own.addresses().control)).rejects.toThrow();
});

test('requests that come during a reset are answered after it, at the same addresses', async () => {
  const { service, signIn } = await open();
  const { aps } = service.addresses();
  const resets = [service.reset(), service.reset()];
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => fetch(`${aps.url}/project/v1/hubs`)));
  await Promise.all(resets);
  // A connection that was open when the simulator ended may be cut; none is refused.
  for (const one of asked)
    if (one.status === 'rejected') expect(String((one.reason as Error).cause)).not.toContain('ECONNREFUSED');
  expect(service.addresses().aps.url).toBe(aps.url);
  expect((await signIn()).status).toBe(200);
});

test.each([[{ advance: 1e300 }], [{ advance: -1e300 }]])(
  'a clock that no date can hold is rejected: %j',
  async (order) => {
    const { control, post } = await open();
    expect((await post('/clock', order)).status).toBe(400);
    expect((await fetch(control)).status).toBe(200);
  },
);

test('behaviour is changed by option and control endpoint, and a reset sets back to the option', async () => {
  const { service, post } = await open({
    behaviour: { aps: { tokenLifetime: 60 }, autoflex: { link: { lifetime: 5 } } },
  });
  expect(service.behaviour()).toMatchObject({ aps: { tokenLifetime: 60 }, autoflex: { link: { lifetime: 5 } } });
  const changed = await post('/behaviour', { aps: { hubs: 'none' }, autoflex: { link: { style: 'query' } } });
  expect(changed).toMatchObject({
    status: 200,
    body: { aps: { tokenLifetime: 60, hubs: 'none' }, autoflex: { link: { lifetime: 5, style: 'query' } } },
  });
  await service.reset();
  expect(service.behaviour()).toMatchObject({
    aps: { tokenLifetime: 60, hubs: 'all' },
    autoflex: { link: { lifetime: 5, style: 'path' } },
  });
});

test.each([
  { aps: { tokenLifetime: -1 } },
  { aps: { hubs: 'none', unheardOf: 1 } },
  { aps: { hubs: 'none' }, autoflex: { link: { style: 'neither' } } },
  { relay: {} },
])('the behaviour %j is rejected, and nothing changes', async (change) => {
  const { service, post } = await open();
  const before = structuredClone(service.behaviour());
  expect((await post('/behaviour', change)).status).toBe(400);
  expect(service.behaviour()).toEqual(before);
});
