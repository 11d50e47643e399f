import { expect, test } from 'vitest';
import { apsManufacturing } from '../../../main/connectors/aps-manufacturing/connector.ts';
import { hooks } from '../../../main/connectors/aps-manufacturing/hooks.ts';
import type { Context, HookDraft, HookReference } from '../../../main/engine/connector/index.ts';
import { failure, openAps, openServer, signedIn } from '../context.ts';

const endpoint = '/fusiondata/2022-04/graphql';
const secret = 'ef'.repeat(32);
const day = 24 * 3600_000;

function draftFor(component: string, changes: Partial<HookDraft> = {}): HookDraft {
  const callbackUrl = 'https://example.invalid/in/0123';
  return {
    ...{ event: 'MILESTONE_CREATED', scope: { component }, callbackUrl, secret, installation: 'here' },
    ...changes,
  };
}

async function open(settings: Record<string, string> = {}, options: Parameters<typeof openAps>[0] = {}) {
  const { aps, context: plain } = await openAps(options);
  const { region: _, ...own } = plain.settings;
  const context: Context = { ...plain, settings: { ...own, ...settings } };
  const draft = draftFor(aps.manufacturing.component('Frame').id);
  const asked = () => aps.requests.filter(({ path }) => path.endsWith('graphql')).map(({ body }) => JSON.parse(body));
  return { aps, context, draft, asked };
}

const referenceTo = (providerId: string): HookReference => ({ providerId, event: 'MILESTONE_CREATED' });

test('a hook is created with its secret and an end, listed and removed', async () => {
  const { aps, context, draft } = await open();
  const made = await hooks.create(context, draft);
  const [there] = aps.manufacturing.milestoneHooks();
  expect(there).toMatchObject({ id: made.providerId, callbackURL: draft.callbackUrl, secretToken: secret });
  expect(made).toMatchObject({ scope: draft.scope, status: 'active', system: 'autodesk.data.pim' });
  expect(made.expiresAt).toBe(Date.parse(there?.expiresOn ?? ''));
  expect(Math.round(((made.expiresAt ?? 0) - Date.now()) / day)).toBe(365);
  const { createdAt: _, ...shown } = made;
  expect(await hooks.list(context)).toEqual({ hooks: [shown], problems: [] });
  await hooks.remove(context, made);
  await hooks.remove(context, made);
  expect(aps.manufacturing.milestoneHooks()).toEqual([]);
});

test('values go as variables, never into the text of a query', async () => {
  const { context, draft, asked } = await open();
  await hooks.create(context, draft);
  for (const { query } of asked()) expect(query).not.toContain(secret);
  expect(asked()[0]?.variables).toMatchObject({ componentId: draft.scope.component, secretToken: secret });
});

test('a filter of the API itself is handed on, as one condition or as several', async () => {
  const { aps, context, draft } = await open();
  const filter = "$[?(@.data.milestonename=='A')]";
  expect((await hooks.create(context, { ...draft, filter })).filter).toBe(filter);
  await hooks.create(context, { ...draft, filter: JSON.stringify([filter, filter]) });
  expect(aps.manufacturing.milestoneHooks().map(({ filters }) => filters)).toEqual([[filter], [filter, filter]]);
});

test.each([
  ['in pages', true],
  ['in one piece', false],
])('every hook is listed where the list comes %s', async (_, webhooksPaged) => {
  const { context, draft } = await open({}, { webhooksPaged, pageSize: 3 });
  for (let count = 0; count < 7; count += 1) await hooks.create(context, draft);
  const { hooks: found, problems } = await hooks.list(context);
  expect([found.length, problems]).toEqual([7, []]);
  expect((await hooks.list(context)).hooks).toHaveLength(7);
});

test('one hook that fails does not hide the others, and nothing counts as gone', async () => {
  const { aps, context, draft } = await open();
  const [broken, whole] = [await hooks.create(context, draft), await hooks.create(context, draft)];
  aps.manufacturing.breakMilestoneHook(broken.providerId);
  const listing = await hooks.list(context);
  expect(listing.hooks.map(({ providerId }) => providerId)).toEqual([whole.providerId]);
  expect(listing.problems).toMatchObject([
    { message: 'Not every hook could be listed: The webhook could not be read.' },
  ]);
  expect(listing.regions).toEqual([]);
});

test('a hook is renewed and given another secret; it is the same hook afterwards', async () => {
  const { aps, context, draft } = await open();
  const made = await hooks.create(context, draft);
  const expiresAt = Date.now() + 700 * day;
  await hooks.update(context, made, { expiresAt });
  await hooks.update(context, made, { secret: 'ab'.repeat(32) });
  const [there] = aps.manufacturing.milestoneHooks();
  expect(there).toMatchObject({ id: made.providerId, secretToken: 'ab'.repeat(32) });
  expect(Date.parse(there?.expiresOn ?? '')).toBe(expiresAt);
});

test('a hook taken up after a crash gets its secret; what it has already is no change', async () => {
  const { aps, context, draft } = await open();
  const filter = "$[?(@.data.milestonename=='A')]";
  await hooks.create(context, { ...draft, filter });
  const { hooks: found } = await hooks.list(context);
  const change = { secret: 'ab'.repeat(32), filter, attribute: {}, installation: 'here', status: 'active' } as const;
  await hooks.update(context, found[0] ?? referenceTo(''), change);
  expect(aps.manufacturing.milestoneHooks()[0]?.secretToken).toBe(change.secret);
});

test('an endpoint that changes hooks otherwise says that a new hook is needed', async () => {
  const { aps, context, draft } = await open({}, { webhooksRenewable: false });
  const made = await hooks.create(context, draft);
  const error = await failure(hooks.update(context, made, { secret: 'ab'.repeat(32) }));
  expect(error.message).toMatch(/^This endpoint does not change hooks. Create the hook again.*"webhook"/);
  expect(error.message).not.toContain('abab');
  expect(aps.manufacturing.milestoneHooks()[0]?.secretToken).toBe(secret);
});

test.each([
  [{ status: 'inactive' }, 'paused'],
  [{ filter: null }, 'given another filter'],
  [{ filter: '$[?(@.a==1)]' }, 'given another filter'],
  [{ attribute: { a: 1 } }, 'given an attribute'],
] as const)('%j is refused before anything is asked', async (change, word) => {
  const { aps, context } = await open();
  const error = await failure(hooks.update(context, referenceTo('any'), change));
  expect([error.code, error.message]).toEqual(['invalid-input', expect.stringContaining(word)]);
  expect(aps.requests).toEqual([]);
});

test('a hook that cannot be removed is not taken for gone', async () => {
  const { aps, context, draft } = await open();
  const made = await hooks.create(context, draft);
  const body = { data: { deleteWebhook: null }, errors: [{ message: 'Not now.', path: ['deleteWebhook'] }] };
  aps.addFault({ path: endpoint, times: 1, status: 400, body });
  expect((await failure(hooks.remove(context, made))).message).toBe('Autodesk rejected the request: Not now.');
});

test('creation is asked for once: what is lost on the way may have been done', async () => {
  const { aps, context, draft } = await open();
  aps.addFault({ path: endpoint, cut: 'after' });
  const error = await failure(hooks.create(context, draft));
  expect([error.uncertain, aps.manufacturing.milestoneHooks().length]).toEqual([true, 1]);
});

test('what the API refuses is told in its words, without the secret', async () => {
  const { context, draft } = await open();
  const error = await failure(hooks.create(context, { ...draft, scope: { component: 'unknown' } }));
  expect([error.code, error.message]).toEqual(['provider', 'Autodesk rejected the request: Component not found.']);
  const { context: odd } = await openServer(
    signedIn((_request, response) => response.end(JSON.stringify({ errors: [{ message: `Bad value "${secret}".` }] }))),
  );
  const other = await failure(hooks.create(odd, draft));
  expect(other.message).toBe('Autodesk rejected the request: Bad value "•••".');
});

test.each([
  ['', {}, 'it works'],
  ['/mfg/graphql', {}, 'This endpoint has no webhooks: versions 2 and 3'],
  ['/mfg/v3/graphql/public', {}, 'This endpoint has no webhooks'],
  ['', { manufacturing: 'gone' }, 'This endpoint is not reachable any more (HTTP 404).'],
  ['', { manufacturingUserOnly: true }, 'This endpoint is not reachable any more, or not for this app (HTTP 403).'],
  ['', { webhooksPaged: false }, 'it works'],
] as const)('the endpoint "%s" with %j is found to be: %s', async (path, options, word) => {
  const { aps, context } = await open({}, options);
  const chosen = path ? { ...context, settings: { ...context.settings, endpoint: aps.url + path } } : context;
  const { name, limitations } = await apsManufacturing.check(chosen);
  const [limitation] = limitations ?? [];
  expect([name, limitation?.reason ?? 'it works']).toEqual(['App invented…', expect.stringContaining(word)]);
  const instead = { connector: 'aps-webhooks', system: 'data', event: 'dm.version.added' };
  expect(limitation ?? { instead }).toMatchObject({ instead });
});

test('an endpoint that says in its own words that it has no webhooks is asked for its schema', async () => {
  const { context } = await openServer(
    signedIn(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const schema = { data: { __schema: { mutationType: { fields: [{ name: 'addEventListener' }] } } } };
      const unknown = { errors: [{ message: "Field 'webhooks' doesn't exist on type 'Query'" }] };
      response.end(JSON.stringify(body.includes('__schema') ? schema : unknown));
    }),
  );
  const { limitations } = await apsManufacturing.check(context);
  expect(limitations?.[0]?.reason).toContain('This endpoint has no webhooks');
});

test('a hook at an endpoint without webhooks is refused with that reason', async () => {
  const { aps, context, draft } = await open();
  const endpoint = `${aps.url}/mfg/graphql`;
  const error = await failure(hooks.create({ ...context, settings: { ...context.settings, endpoint } }, draft));
  expect([error.code, error.message]).toEqual(['provider', expect.stringContaining('has no webhooks')]);
});

test('an endpoint in trouble is not taken for one without webhooks', async () => {
  const { aps, context } = await open();
  const body = { data: { webhooks: null }, errors: [{ message: 'Try later.', path: ['webhooks'] }] };
  aps.addFault({ path: endpoint, times: 1, status: 400, body });
  expect((await failure(apsManufacturing.check(context))).message).toBe('Autodesk rejected the request: Try later.');
});

test('the endpoint is asked for its events; one that does not say has the one that is documented', async () => {
  const { context } = await open();
  expect(await hooks.events?.(context)).toEqual(['MILESTONE_CREATED']);
  const answerWith = async (body: unknown) => {
    const { context: other } = await openServer(signedIn((_, response) => response.end(JSON.stringify(body))));
    return hooks.events?.(other);
  };
  const enumValues = [{ name: 'MILESTONE_CREATED' }, { name: 'MILESTONE_DELETED' }];
  expect(await answerWith({ data: { __type: { enumValues } } })).toEqual(['MILESTONE_CREATED', 'MILESTONE_DELETED']);
  expect(await answerWith({ errors: [{ message: 'Introspection is off.' }] })).toEqual(['MILESTONE_CREATED']);
});

test('an endpoint elsewhere never gets the sign-in', async () => {
  const { aps, context } = await open({ endpoint: 'https://example.invalid/graphql' });
  const error = await failure(apsManufacturing.check(context));
  expect([error.code, error.message]).toEqual([
    'invalid-input',
    expect.stringContaining('must lie below the base URL'),
  ]);
  expect(aps.requests).toEqual([]);
});

test.each([
  [{ scope: {} }, 'Name the component'],
  [{ scope: { component: 'has blanks' } }, 'Name the component'],
  [{ scope: { component: 'a', folder: 'b' } }, 'not "folder"'],
  [{ scope: { component: 'a', milestone: '/(/' } }, 'no regular expression'],
  [{ scope: { component: 'a', milestone: ' ' } }, '1 to 200 characters'],
  [{ event: 'dm.version.added' }, 'no possible event'],
  [{ system: 'data' }, 'of the system "autodesk.data.pim"'],
  [{ region: 'US' }, 'no region'],
  [{ attribute: { a: 1 } }, 'no attribute'],
])('%j is refused before it is sent', (changes, word) => {
  const request = { event: 'MILESTONE_CREATED', scope: { component: 'a' }, ...changes };
  expect(() => hooks.inspect(request)).toThrow(word);
});
