import { describe, expect, test } from 'vitest';
import { regions } from '../../../main/connectors/aps/regions.ts';
import { catalogue } from '../../../main/connectors/aps-webhooks/catalogue.ts';
import { hooks } from '../../../main/connectors/aps-webhooks/hooks.ts';
import type { HookRequest } from '../../../main/engine/connector/index.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { fits } from '../../../main/engine/event-pattern.ts';
import { Catalogue } from '../../../preload/contract/index.ts';

const folder = { folder: 'urn:adsk.wipprod:fs.folder:co.Zt6uHb2sQmWvNk9FgYxRoE' };
const added: HookRequest = { system: 'data', event: 'dm.version.added', scope: folder };
const finished: HookRequest = { system: 'derivative', event: 'extraction.finished', scope: { workflow: 'nightly' } };

function rejection(request: HookRequest): string {
  try {
    hooks.inspect(request);
    return 'accepted';
  } catch (error) {
    if (error instanceof RingbackError && error.code === 'invalid-input') return error.message;
    throw error;
  }
}

describe('the catalogue', () => {
  test('has the shape the window expects, with every region', () => {
    expect(Catalogue.parse(catalogue)).toEqual(catalogue);
    expect(regions.map(({ value }) => value)).toEqual(['US', 'EMEA', 'AUS', 'CAN', 'DEU', 'IND', 'JPN', 'GBR']);
  });

  test('names each event once, and only scopes of its system', () => {
    for (const { system, scopes, events } of catalogue.systems) {
      const names = events.map(({ event }) => event);
      expect(new Set(names).size, system).toBe(names.length);
      const keys = scopes.map(({ key }) => key);
      for (const event of events) expect(keys, event.event).toEqual(expect.arrayContaining(event.scopes));
    }
  });

  test.each(catalogue.systems.flatMap(({ system, events }) => events.map((one) => ({ system, ...one }))))(
    '$system $event is accepted with each of its scopes',
    ({ system, event, scopes }) => {
      for (const key of scopes) expect(rejection({ system, event, scope: { [String(key)]: 'x1' } })).toBe('accepted');
    },
  );
});

describe('scope', () => {
  test.each([
    [
      { ...finished, scope: folder },
      'Hooks of derivative for extraction.finished take the scope "workflow", not "folder".',
    ],
    [
      { ...added, scope: { workflow: 'x' } },
      'Hooks of data for dm.version.added take the scope "folder", not "workflow".',
    ],
    [
      { system: 'adsk.flc.production', event: 'workflow.transition', scope: { workspace: 'urn:x' } },
      'Hooks of adsk.flc.production for workflow.transition take the scope "workflow.transition", not "workspace".',
    ],
    [
      { system: 'adsk.flc.production', event: '*', scope: { folder: 'urn:x' } },
      'Hooks of adsk.flc.production for * take the scope "workspace" or "workflow.transition", not "folder".',
    ],
    [
      { ...added, event: 'dm.brand.new', scope: { area: 'x' } },
      'Hooks of data for dm.brand.new take the scope "folder", not "area".',
    ],
    [{ ...added, scope: {} }, 'A hook needs exactly one scope key with its value.'],
    [{ ...added, scope: { ...folder, workflow: 'x' } }, 'A hook needs exactly one scope key with its value.'],
    [{ ...added, scope: { folder: '  ' } }, 'The scope "folder" has no value.'],
  ])('%j is refused', (request, sentence) => {
    expect(rejection(request)).toBe(sentence);
  });

  test.each([
    ['adsk.unheard.of', 'thing.done', 'zone'],
    ['adsk.tandem', 'dt.mutation', 'modelUrn'],
    ['adsk.upchain.live', 'cr.created', 'project'],
    ['data', 'dm.brand.new', 'folder'],
  ])(
    'the system %s with the event %s and the scope %s passes: the documents do not rule it out',
    (system, event, key) => {
      expect(rejection({ system, event, scope: { [key]: 'x' } })).toBe('accepted');
    },
  );
});

describe('workflow ids', () => {
  test.each(['a', 'nightly-svf2', 'A-1'.repeat(12), 'with.dots', 'a'.repeat(36), `${'a.'.repeat(17)}b`])(
    '"%s" is accepted',
    (id) => {
      expect(rejection({ ...finished, scope: { workflow: id } })).toBe('accepted');
    },
  );

  test.each(['under_score', 'a b', 'é', 'a'.repeat(37), `${'a.'.repeat(18)}`, 'a/b'])('"%s" is refused', (id) => {
    expect(rejection({ ...finished, scope: { workflow: id } })).toContain('up to 36 letters, digits and hyphens');
  });
});

describe('names and regions', () => {
  test.each(['..', '.', 'a/b', 'a b', '', 'x?y', '%2e%2e', '-a'])('"%s" is neither an event nor a system', (name) => {
    expect(rejection({ ...added, event: name })).toContain('is no possible event name');
    if (name) expect(rejection({ ...added, system: name })).toContain('is no possible system name');
  });

  test('every known region is accepted, any other refused', () => {
    for (const { value } of regions) expect(rejection({ ...added, region: value })).toBe('accepted');
    expect(rejection({ ...added, region: 'APAC' })).toContain('There is no region "APAC"');
    expect(rejection({ ...added, region: 'us' })).toContain('There is no region "us"');
  });

  test('the system may be left out where the event tells it', () => {
    expect(rejection({ event: 'extraction.finished', scope: { workflow: 'x' } })).toBe('accepted');
    expect(rejection({ event: 'dm.*', scope: folder })).toBe('accepted');
    expect(rejection({ event: '*', scope: folder })).toContain('Name the system');
    expect(rejection({ event: 'unheard.of', scope: folder })).toContain('Name the system');
  });
});

describe('the attribute', () => {
  const room = (attribute: Record<string, unknown>) =>
    1023 - Buffer.byteLength(JSON.stringify({ ...attribute, ringback: '00000000-0000-4000-8000-000000000000' }));

  test('it may fill what our mark leaves of a kilobyte, counted in bytes', () => {
    const space = room({ note: '' });
    expect(rejection({ ...added, attribute: { note: 'x'.repeat(space) } })).toBe('accepted');
    expect(rejection({ ...added, attribute: { note: 'x'.repeat(space + 1) } })).toContain('has 1024 bytes');
    expect(rejection({ ...added, attribute: { note: 'é'.repeat(space) } })).toContain('must stay under 1024');
  });

  test('our own member is reserved', () => {
    expect(rejection({ ...added, attribute: { ringback: 'me' } })).toContain('must not have a member "ringback"');
  });

  test('it must be an object', () => {
    expect(rejection({ ...added, attribute: ['a'] as unknown as Record<string, unknown> })).toContain(
      'must be a JSON object',
    );
  });
});

test.each([
  ['*', 'anything.at.all', true],
  ['dm.*', 'dm.version.added', true],
  ['dm.*.modified', 'dm.folder.modified', true],
  ['dm.operation*', 'dm.operation.started', true],
  ['*.added', 'dm.version.added', true],
  ['review.*-1.0', 'review.created-1.0', true],
  ['extraction.*', 'extraction.', true],
  ['extraction.*', 'extractionXfinished', false],
  ['*.added', 'dm.version.added.out', false],
  ['a*a', 'a', false],
  ['dm.version.added', 'dm.version.added', true],
  ['dm.version.added', 'dm-version-added', false],
  [`${'*a'.repeat(200)}*`, 'a'.repeat(199), false],
])('the pattern %s and the event %s', (pattern, event, fit) => {
  expect(fits(pattern, event)).toBe(fit);
});
