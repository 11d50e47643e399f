import { describe, expect, test } from 'vitest';
import { hooks } from '../../../main/connectors/aps-webhooks/hooks.ts';
import type { HookDraft } from '../../../main/engine/connector/index.ts';
import { clientSecret, failure, openAps, openServer, signedIn } from '../context.ts';

const installation = '5d0c7b1e-3f42-4a86-9b7d-e1f2a3b4c5d6';
const folder = 'urn:adsk.wipprod:fs.folder:co.Zt6uHb2sQmWvNk9FgYxRoE';
const draft: HookDraft = {
  system: 'data',
  event: 'dm.version.added',
  scope: { folder },
  callbackUrl: 'https://ringback.example/in/0123456789abcdef0123456789abcdef',
  secret: 'ab'.repeat(32),
  installation,
};
const translation = (index: number): HookDraft => ({
  ...draft,
  system: 'derivative',
  event: 'extraction.finished',
  scope: { workflow: `job-${index}` },
});
const calls = (requests: readonly { method: string; path: string; status?: number }[]) =>
  requests.filter(({ path }) => path.includes('/hooks')).map(({ method, status }) => `${method} ${status}`);

describe('create', () => {
  test('a hook is registered with its secret, our stamp and the wish to be revived', async () => {
    const { aps, context } = await openAps();
    const made = await hooks.create(
      { ...context, now: () => 1234 },
      { ...draft, region: 'EMEA', filter: "$[?(@.ext=='rvt')]", attribute: { project: 7 } },
    );
    const [hook] = aps.hooks();
    expect(hook).toMatchObject({
      region: 'EMEA',
      system: 'data',
      event: 'dm.version.added',
      callbackUrl: draft.callbackUrl,
      scope: { folder },
      filter: "$[?(@.ext=='rvt')]",
      hookAttribute: { project: 7, ringback: installation },
      autoReactivateHook: true,
      status: 'active',
    });
    expect(made).toEqual({
      providerId: hook?.hookId,
      system: 'data',
      event: 'dm.version.added',
      region: 'EMEA',
      scope: { folder },
      status: 'active',
      owner: 'app',
      callbackUrl: draft.callbackUrl,
      filter: "$[?(@.ext=='rvt')]",
      attribute: { project: 7 },
      installation,
      createdAt: 1234,
    });
    const patch = aps.requests.find(({ method }) => method === 'PATCH');
    expect(JSON.parse(patch?.body ?? '')).toEqual({ token: draft.secret });
    expect(calls(aps.requests)).toEqual(['POST 201', 'PATCH 204']);
  });

  test('a PATCH answered by 200 will do', async () => {
    const { aps, context } = await openAps({ patchStatus: 200 });
    await hooks.create(context, draft);
    expect(calls(aps.requests)).toEqual(['POST 201', 'PATCH 200']);
  });

  test('the region of the connection is the default, and the system is found by the event', async () => {
    const { aps, context } = await openAps();
    const { system: _system, ...rest } = draft;
    const made = await hooks.create({ ...context, settings: { ...context.settings, region: 'JPN' } }, rest);
    expect(made).toMatchObject({ region: 'JPN', system: 'data' });
    expect(aps.hooks()).toMatchObject([{ region: 'JPN', system: 'data' }]);
  });

  test('a pattern is registered as it is', async () => {
    const { aps, context } = await openAps();
    await hooks.create(context, { ...draft, event: 'dm.*' });
    expect(aps.hooks()).toMatchObject([{ event: 'dm.*' }]);
  });

  test('several filters are sent as an array and shown as one', async () => {
    const { aps, context } = await openAps();
    const filter = `["$[?(@.ext=='rvt')]","$[?(@.sizeInBytes>=1)]"]`;
    const made = await hooks.create(context, { ...draft, filter });
    expect(aps.hooks()).toMatchObject([{ filter: JSON.parse(filter) }]);
    const { hooks: listed } = await hooks.list(context);
    expect([made.filter, listed[0]?.filter]).toEqual([filter, filter]);
  });

  test('what Autodesk would refuse is refused before any request', async () => {
    const { aps, context } = await openAps();
    const { code } = await failure(hooks.create(context, { ...draft, scope: { workflow: 'x' } }));
    expect(code).toBe('invalid-input');
    expect(aps.requests).toHaveLength(0);
  });

  test('an answer lost on the way back leads to the same hook, adopted', async () => {
    const { aps, context } = await openAps();
    aps.addFault({ method: 'POST', path: '/hooks', cut: 'after', times: 1 });
    const made = await hooks.create(context, { ...draft, attribute: { project: 7 } });
    expect(aps.hooks()).toMatchObject([
      { hookId: made.providerId, hookAttribute: { project: 7, ringback: installation } },
    ]);
    expect(calls(aps.requests).slice(-3)).toEqual(['POST 409', 'GET 200', 'PATCH 204']);
  });

  test('an adopted hook becomes what was asked for now', async () => {
    const { aps, context } = await openAps();
    const first = await hooks.create(context, { ...draft, filter: "$[?(@.ext=='rvt')]", attribute: { old: true } });
    await hooks.update(context, first, { status: 'inactive' });
    const second = await hooks.create(context, draft);
    expect(second.providerId).toBe(first.providerId);
    const [hook] = aps.hooks();
    expect(hook).toMatchObject({
      status: 'active',
      autoReactivateHook: true,
      hookAttribute: { ringback: installation },
    });
    expect(hook?.filter).toBeUndefined();
    expect(second).not.toHaveProperty('attribute');
  });

  test('a hook that cannot get its secret is taken back', async () => {
    const { aps, context } = await openAps();
    aps.addFault({ method: 'PATCH', status: 400, body: { detail: `${draft.secret} is too weak` } });
    const { message } = await failure(hooks.create(context, draft));
    expect(message).toBe('Autodesk rejected the request (HTTP 400): ••• is too weak.');
    expect(aps.hooks()).toHaveLength(0);
  });

  test('where BuildingConnected knows its events without the suffix, they are registered so', async () => {
    const { aps, context } = await openAps();
    aps.addFault({ method: 'POST', path: 'bid.created-1.0', status: 404, times: 1 });
    aps.addFault({ method: 'POST', path: 'bid.created/', status: 409, times: 1 });
    const bid = { ...draft, system: 'autodesk.construction.bc', event: 'bid.created-1.0', scope: { companyId: 'c1' } };
    await failure(hooks.create(context, bid));
    const asked = aps.requests
      .filter(({ path }) => path.includes('/hooks'))
      .map(({ method, path }) => `${method} ${path}`);
    const place = '/webhooks/v1/systems/autodesk.construction.bc/events';
    expect(asked).toEqual([
      `POST ${place}/bid.created-1.0/hooks`,
      `POST ${place}/bid.created/hooks`,
      `GET ${place}/bid.created/hooks`,
    ]);
  });

  test('no other event is tried under another name', async () => {
    const { aps, context } = await openAps();
    const issue = {
      ...draft,
      system: 'autodesk.construction.issues',
      event: 'issue.created-1.0',
      scope: { project: 'p1' },
    };
    aps.addFault({ method: 'POST', path: '/hooks', status: 404 });
    expect((await failure(hooks.create(context, issue))).code).toBe('not-found');
    expect(calls(aps.requests)).toHaveLength(1);
  });

  test.each([
    ['https://developer.api.autodesk.com/webhooks/v1/systems/data/events/dm.version.added/hooks/id-1'],
    ['/systems/data/events/dm.version.added/hooks/id-1'],
    ['systems/data/events/dm.version.added/hooks/id-1/?region=US'],
  ])('the id is found in the Location %s', async (location) => {
    const { context } = await openServer(
      signedIn(({ method }, response) => response.writeHead(method === 'POST' ? 201 : 204, { location }).end()),
    );
    expect((await hooks.create(context, draft)).providerId).toBe('id-1');
  });

  test('without a Location the hook is found by its address and scope', async () => {
    const entry = (id: string, scope: string, callbackUrl = draft.callbackUrl) => ({
      hookId: id,
      system: 'data',
      event: 'dm.version.added',
      callbackUrl,
      scope: { folder: scope },
    });
    const { context } = await openServer(
      signedIn(({ method }, response) => {
        if (method !== 'GET') return response.writeHead(method === 'POST' ? 201 : 200).end();
        response.end(
          JSON.stringify({ data: [entry('a', 'urn:other'), entry('b', folder, 'https://x'), entry('mine', folder)] }),
        );
      }),
    );
    expect((await hooks.create(context, draft)).providerId).toBe('mine');
  });
});

describe('list', () => {
  test('every region is listed, and an empty one is no failure', async () => {
    const { context } = await openAps();
    for (const region of ['US', 'EMEA', 'GBR']) await hooks.create(context, { ...draft, region });
    const { hooks: found, problems, regions = [] } = await hooks.list(context);
    expect(found.map(({ region }) => region).toSorted()).toEqual(['EMEA', 'GBR', 'US']);
    expect(problems).toEqual([]);
    expect(regions.toSorted()).toEqual(['AUS', 'CAN', 'DEU', 'EMEA', 'GBR', 'IND', 'JPN', 'US']);
  });

  test('every page is listed', async () => {
    const { aps, context } = await openAps({ pageSize: 2 });
    for (let index = 0; index < 5; index += 1) await hooks.create(context, translation(index));
    const { hooks: found } = await hooks.list(context);
    expect(found.map(({ scope }) => scope.workflow).toSorted()).toEqual(['job-0', 'job-1', 'job-2', 'job-3', 'job-4']);
    expect(aps.requests.filter(({ path, query }) => path === '/webhooks/v1/hooks' && query)).toHaveLength(2);
  });

  test('our stamp is told apart from the user’s attribute', async () => {
    const { context } = await openAps();
    await hooks.create(context, { ...draft, attribute: { project: 7 } });
    const { hooks: found } = await hooks.list(context);
    expect(found).toMatchObject([{ attribute: { project: 7 }, installation }]);
  });

  const region = (headers: Record<string, unknown>) => String(headers['x-ads-region']);
  const item = (id: string) => ({
    hookId: id,
    system: 'data',
    event: 'dm.version.added',
    callbackUrl: 'https://x',
    scope: {},
  });

  test('a region that fails is reported, the others are given', async () => {
    const { context } = await openServer(
      signedIn(({ headers }, response) => {
        if (region(headers) === 'AUS') return response.writeHead(500).end('<html>down</html>');
        if (region(headers) === 'CAN') return response.end('<html>maintenance</html>');
        if (region(headers) === 'US') return response.end(JSON.stringify({ links: { next: null }, data: [item('a')] }));
        response.writeHead(204).end();
      }),
    );
    const { hooks: found, problems, regions = [] } = await hooks.list(context);
    expect(found.map(({ providerId }) => providerId)).toEqual(['a']);
    expect(problems.toSorted((one, other) => one.message.localeCompare(other.message))).toMatchObject([
      { region: 'CAN', message: 'Autodesk answered with something that is not a list of hooks. Try again later.' },
      { region: 'AUS', message: 'Autodesk has an outage (HTTP 500). Try again in a few minutes.' },
    ]);
    expect(regions).toHaveLength(6);
    expect(regions).not.toContain('CAN');
  });

  test('a region whose second page fails was not listed', async () => {
    const { context } = await openServer(
      signedIn(({ headers, url }, response) => {
        if (region(headers) !== 'US') return response.writeHead(204).end();
        if (url?.includes('pageState')) return response.writeHead(400).end();
        response.end(JSON.stringify({ links: { next: 'abc' }, data: [item('a')] }));
      }),
    );
    const { hooks: found, problems, regions } = await hooks.list(context);
    expect([found.length, problems.length]).toEqual([0, 1]);
    expect(regions).not.toContain('US');
  });

  test('wrong credentials are one failure', async () => {
    const { aps, context } = await openAps();
    const wrong = { ...context, secrets: { clientSecret: `${clientSecret}!` } };
    expect((await failure(hooks.list(wrong))).message).toBe('Autodesk rejected the client id or secret (AUTH-003).');
    expect(aps.requests).toHaveLength(1);
  });

  test('where no region can be listed, that is one failure', async () => {
    const { aps, context } = await openAps();
    aps.addFault({ path: '/webhooks/', status: 403, body: { errorCode: 'AUTH-001' } });
    expect((await failure(hooks.list(context))).message).toContain('does not let this app use the API (AUTH-001)');
  });

  test.each([
    ['/hooks?pageState=QU1N+w==', 'QU1N+w=='],
    ['/hooks?region=US&pageState=QU1N%2Bw%3D%3D&x=1', 'QU1N+w=='],
    ['https://elsewhere.example/webhooks/v1/hooks?pageState=abc', 'abc'],
    ['QU1NQUVBQ0F0Z0FMWVdSeg==', 'QU1NQUVBQ0F0Z0FMWVdSeg=='],
    ['/9j+4AA=', '/9j+4AA='],
    ['/hooks', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
    [{ href: '/hooks?pageState=a' }, undefined],
  ])('the next page %j is asked for by its cursor alone', async (next, cursor) => {
    const seen: (string | null)[] = [];
    const { context } = await openServer(
      signedIn(({ headers, url = '' }, response) => {
        if (region(headers) !== 'US') return response.writeHead(204).end();
        const state = new URL(url, 'http://x').searchParams.get('pageState');
        seen.push(state);
        response.end(JSON.stringify({ links: { next: state === null ? next : null }, data: [item(`at ${state}`)] }));
      }),
    );
    const { hooks: found } = await hooks.list(context);
    expect(seen).toEqual(cursor === undefined ? [null] : [null, cursor]);
    expect(found).toHaveLength(seen.length);
  });

  test('a cursor that comes again ends the list', async () => {
    let asked = 0;
    const { context } = await openServer(
      signedIn(({ headers }, response) => {
        if (region(headers) !== 'US') return response.writeHead(204).end();
        asked += 1;
        response.end(JSON.stringify({ links: { next: asked % 2 ? 'a' : 'b' }, data: [] }));
      }),
    );
    await hooks.list(context);
    expect(asked).toBe(3);
  });

  test('odd hooks are read as far as they go', async () => {
    const self = '/systems/derivative/events/extraction.*/hooks/from-self';
    const data = [
      {
        __self__: self,
        scope: { workflow: 1 },
        filter: ['$.a'],
        createdDate: '2018-02-13T03:11:50.294+0000',
        status: null,
      },
      { ...item('x'), hookAttribute: 'text', filter: 7, createdDate: 'never', callbackUrl: null, scope: null },
      { ...item('y'), hookAttribute: { ringback: 5, mine: 1 }, status: 'reactivated' },
      { nothing: 'at all' },
      null,
      'text',
    ];
    const { context } = await openServer(
      signedIn(({ headers }, response) =>
        region(headers) === 'US' ? response.end(JSON.stringify({ data })) : response.writeHead(204).end(),
      ),
    );
    const common = {
      region: 'US',
      scope: {},
      callbackUrl: '',
      status: 'active',
      system: 'data',
      event: 'dm.version.added',
    };
    expect((await hooks.list(context)).hooks).toEqual([
      {
        ...common,
        system: 'derivative',
        event: 'extraction.*',
        providerId: 'from-self',
        scope: { workflow: '1' },
        filter: '$.a',
        createdAt: Date.parse('2018-02-13T03:11:50.294Z'),
      },
      { ...common, providerId: 'x' },
      {
        ...common,
        providerId: 'y',
        callbackUrl: 'https://x',
        status: 'reactivated',
        attribute: { ringback: 5, mine: 1 },
      },
    ]);
  });
});

describe('update and remove', () => {
  test('pausing stops the revival too, and resuming brings it back', async () => {
    const { aps, context } = await openAps();
    const hook = await hooks.create(context, { ...draft, region: 'DEU' });
    await hooks.update(context, hook, { status: 'inactive' });
    expect(aps.hooks()).toMatchObject([{ status: 'inactive', autoReactivateHook: false }]);
    await hooks.update(context, hook, { status: 'active' });
    expect(aps.hooks()).toMatchObject([{ status: 'active', autoReactivateHook: true }]);
  });

  test('a new attribute keeps our stamp, and none leaves the stamp alone', async () => {
    const { aps, context } = await openAps();
    const hook = await hooks.create(context, { ...draft, attribute: { old: 1 } });
    await hooks.update(context, hook, { attribute: { next: 2 }, installation });
    expect(aps.hooks()).toMatchObject([{ hookAttribute: { next: 2, ringback: installation } }]);
    await hooks.update(context, hook, { attribute: null, installation });
    expect(aps.hooks()[0]?.hookAttribute).toEqual({ ringback: installation });
  });

  test('a hook that is not ours gets no stamp', async () => {
    const { aps, context } = await openAps();
    const hook = await hooks.create(context, draft);
    await hooks.update(context, hook, { attribute: { theirs: true } });
    expect(aps.hooks()[0]?.hookAttribute).toEqual({ theirs: true });
    await hooks.update(context, hook, { attribute: null });
    expect(aps.hooks()[0]?.hookAttribute).toBeUndefined();
  });

  test('a filter is set and removed', async () => {
    const { aps, context } = await openAps();
    const hook = await hooks.create(context, draft);
    await hooks.update(context, hook, { filter: "$[?(@.ext=='rvt')]" });
    expect(aps.hooks()).toMatchObject([{ filter: "$[?(@.ext=='rvt')]" }]);
    await hooks.update(context, hook, { filter: null });
    expect(aps.hooks()[0]?.filter).toBeUndefined();
  });

  test('a new secret signs the next callbacks', async () => {
    const { aps, context } = await openAps();
    const hook = await hooks.create(context, draft);
    await hooks.update(context, hook, { secret: 'cd'.repeat(32) });
    const patches = aps.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => JSON.parse(body));
    expect(patches).toEqual([{ token: 'ab'.repeat(32) }, { token: 'cd'.repeat(32) }]);
  });

  test('no change is no request', async () => {
    const { aps, context } = await openAps();
    await hooks.update(context, { providerId: 'x', system: 'data', event: 'dm.version.added' }, { installation });
    expect(aps.requests).toHaveLength(0);
  });

  test('a hook that is gone cannot be changed, and is removed already', async () => {
    const { aps, context } = await openAps();
    const hook = await hooks.create(context, draft);
    await hooks.remove(context, hook);
    expect(aps.hooks()).toHaveLength(0);
    await hooks.remove(context, hook);
    expect((await failure(hooks.update(context, hook, { status: 'inactive' }))).code).toBe('not-found');
  });

  test('a hook is removed in its own region', async () => {
    const { aps, context } = await openAps();
    const [us, gb] = [await hooks.create(context, draft), await hooks.create(context, { ...draft, region: 'GBR' })];
    await hooks.remove(context, gb);
    expect(aps.hooks()).toMatchObject([{ hookId: us.providerId, region: 'US' }]);
  });
});
