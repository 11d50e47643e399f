import { expect, test } from 'vitest';
import type { Catalogue, Connection, Hook } from '../../preload/contract/index.ts';
import { chosenFrom, codeOf, optionOf } from '../../renderer/hooks/form/choice.ts';
import { type Creations, keyOf, runCreation } from '../../renderer/hooks/form/creation.ts';
import {
  faultsIn,
  type HookDraft,
  mainKeysFor,
  requestsOf,
  startDraft,
  systemIn,
} from '../../renderer/hooks/form/hook-draft.ts';

const scope = (key: string) => ({ key, label: key, help: '', example: '' });
const catalogue: Catalogue = {
  regions: [
    { value: 'US', label: 'US' },
    { value: 'EMEA', label: 'EMEA' },
  ],
  systems: [
    {
      system: 'plm',
      title: 'PLM',
      scopes: [scope('workspace'), scope('transition')],
      events: [
        { event: 'item.create', title: 'Created', scopes: ['workspace'] },
        { event: 'moved', title: 'Moved', scopes: ['transition'] },
      ],
    },
  ],
};
const connection: Connection = { id: 'c', connector: 'x', name: 'X', settings: { region: 'EMEA' } };
const draft: HookDraft = {
  ...startDraft(connection, catalogue),
  events: ['item.create'],
  scopeKey: 'workspace',
  places: ['w'],
};
const requestOf = (one: HookDraft) => requestsOf(one)[0];

test('a draft begins in the region of its connection, with the only system there is', () => {
  expect(startDraft(connection, catalogue)).toMatchObject({ connection: 'c', region: 'EMEA', system: 'plm' });
  expect(startDraft({ ...connection, settings: { region: 'MARS' } }, catalogue).region).toBe('US');
});

test('an option stands for the event of its own system, where two systems have it', () => {
  const live = { value: 'item.created', title: 'Created', of: 'Live', system: 'live' };
  const early = { ...live, of: 'Early access', system: 'eap' };
  const choices = [live, early];
  for (const choice of choices)
    expect(chosenFrom([optionOf(choice)], choices)).toEqual({ codes: ['item.created'], system: choice.system });
  expect(chosenFrom(['my.event', optionOf(early)], choices)).toEqual({
    codes: ['my.event', 'item.created'],
    system: 'eap',
  });
  expect(chosenFrom(['my.event'], choices)).toEqual({ codes: ['my.event'], system: undefined });
});

test('a draft can begin like a hook that exists', () => {
  const hook: Hook = {
    id: 'h',
    connection: 'c',
    system: 'data',
    event: 'dm.*',
    scope: { folder: 'urn:1' },
    status: 'missing',
    callbackUrl: 'https://example.com/in/1',
    ours: true,
    filter: '$.x',
    attribute: { a: 1 },
  };
  const again = requestOf(startDraft(connection, catalogue, hook));
  expect(again).toEqual({
    connection: 'c',
    system: 'data',
    event: 'dm.*',
    scope: { folder: 'urn:1' },
    region: 'EMEA',
    filter: '$.x',
    attribute: { a: 1 },
  });
});

test('a known event offers its own scopes, any other all of the system', () => {
  const plm = systemIn(catalogue, 'plm');
  expect(mainKeysFor(plm, ['moved']).map(({ key }) => key)).toEqual(['transition']);
  expect(mainKeysFor(plm, ['item.*'])).toHaveLength(2);
  expect(mainKeysFor(systemIn(catalogue, 'other'), ['x'])).toEqual([]);
});

test('what is missing or wrong is found before anything is asked', () => {
  expect(faultsIn(draft, catalogue)).toEqual({});
  expect(faultsIn({ ...draft, events: [], scopeKey: '', places: [''] }, catalogue)).toEqual({
    events: 'required',
    scopeKey: 'required',
    places: 'required',
  });
  expect(faultsIn({ ...draft, scopeKey: '' }, catalogue)).toEqual({ scopeKey: 'halfScope' });
  expect(faultsIn({ ...draft, attribute: '[1]' }, catalogue)).toEqual({ attribute: 'attributeWrong' });
});

test('an unknown system may go without a scope', () => {
  expect(faultsIn({ ...draft, system: 'new.one', scopeKey: '', places: [''] }, catalogue)).toEqual({});
});

test('empty fields are not sent, and blanks around values are cut off', () => {
  expect(requestOf({ ...draft, places: [' w ', '', 'w'], region: '', filter: '  ', attribute: '' })).toEqual({
    connection: 'c',
    system: 'plm',
    event: 'item.create',
    scope: { workspace: 'w' },
  });
});

test('a draft can begin with no more than an event, and where only one thing can be meant it is filled in', () => {
  const started = startDraft(connection, catalogue, { connection: 'c', system: 'plm', event: 'moved' });
  expect(started).toMatchObject({ events: ['moved'], scopeKey: 'transition', places: [''] });
  const [plm] = catalogue.systems;
  const events = plm?.events.slice(0, 1) ?? [];
  const single = { regions: [], systems: plm ? [{ ...plm, events }] : [] };
  expect(startDraft(connection, single)).toMatchObject({ events: ['item.create'], scopeKey: 'workspace' });
});

test('what narrows a scope is asked for beside it, and sent only where it was filled in', () => {
  const system = {
    system: 'designs',
    title: 'Designs',
    scopes: [scope('component'), { ...scope('milestone'), optional: true }],
    events: [{ event: 'MILESTONE_CREATED', title: 'Milestone', scopes: ['component', 'milestone'] }],
  };
  const designs: Catalogue = { regions: [], systems: [system] };
  const started = startDraft(connection, designs);
  expect([started.scopeKey, faultsIn(started, designs)]).toEqual(['component', { places: 'halfScope' }]);
  const filled = { ...started, places: ['comp'], narrowing: { milestone: ' Release * ' } };
  expect(requestOf(filled)?.scope).toEqual({ component: 'comp', milestone: 'Release *' });
  expect(requestOf({ ...filled, narrowing: { milestone: ' ' } })?.scope).toEqual({ component: 'comp' });
  const like = { connection: 'c', event: 'MILESTONE_CREATED', scope: { milestone: 'A', component: 'comp' } };
  expect(startDraft(connection, designs, like)).toMatchObject({
    scopeKey: 'component',
    places: ['comp'],
    narrowing: { milestone: 'A' },
  });
});

test('each event is created at each place', () => {
  const several = { ...draft, system: 'other', events: ['a', 'b'], places: ['1', '2', ' '] };
  expect(requestsOf(several).map(({ event, scope }) => [event, scope?.workspace])).toEqual([
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
    ['b', '2'],
  ]);
});

test('events that watch different kinds of things are not created together', () => {
  expect(faultsIn({ ...draft, events: ['item.create', 'moved'] }, catalogue)).toMatchObject({ events: 'apart' });
  expect(faultsIn({ ...draft, events: ['item.create', 'item.other'] }, catalogue)).toEqual({});
});

test('a typed title means its code, and any other text itself', () => {
  const choices = [{ value: 'data', title: 'Data Management' }];
  expect(['data management', 'DATA', 'new.one'].map((text) => codeOf(text, choices))).toEqual([
    'data',
    'data',
    'new.one',
  ]);
});

test('a run that failed for some is repeated for these alone', async () => {
  const requests = requestsOf({ ...draft, system: 'other', events: ['a', 'b', 'c'] });
  const asked: string[] = [];
  let broken = 'b';
  let creations: Creations = new Map();
  const run = () =>
    runCreation({
      ...{ requests, before: creations },
      async create({ event }) {
        asked.push(event);
        if (event === broken) throw new Error('not allowed');
        return `hook-${event}`;
      },
      complete: async () => {},
      onChange: (next) => {
        creations = next;
      },
    });
  expect(await run()).toBeUndefined();
  expect(requests.map((request) => creations.get(keyOf(request))?.state)).toEqual(['created', 'failed', 'created']);
  broken = '';
  expect(await run()).toEqual(['hook-a', 'hook-b', 'hook-c']);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

test('a hook that was created is not created again where what follows failed', async () => {
  const requests = requestsOf({ ...draft, system: 'other', events: ['a', 'b'] });
  const steps: string[] = [];
  let broken = 'hook-a';
  let creations: Creations = new Map();
  const run = () =>
    runCreation({
      ...{ requests, before: creations },
      async create({ event }) {
        steps.push(`create ${event}`);
        return `hook-${event}`;
      },
      async complete(hook) {
        steps.push(`complete ${hook}`);
        if (hook === broken) throw new Error('offline');
      },
      onChange: (next) => {
        creations = next;
      },
    });
  expect(await run()).toBeUndefined();
  broken = '';
  expect(await run()).toEqual(['hook-a', 'hook-b']);
  expect(steps).toEqual(['create a', 'complete hook-a', 'create b', 'complete hook-b', 'complete hook-a']);
});
