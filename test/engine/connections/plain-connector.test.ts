import { expect, test } from 'vitest';
import { withPlainTexts } from '../../../main/engine/connections/index.ts';
import type { Connector, Context, Delivery, Reading, RemoteHook } from '../../../main/engine/connector/index.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { downloadMessages, withCause } from '../../../main/engine/messages/index.ts';

/** Reverses what follows, moves the cursor, breaks the line, hides a space, and is far too long. */
const hostile = `Plan\u202efdp\u001b[2J\r\nVerified\u200b${'!'.repeat(100_000)}`;
const unsafe = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/u;

/** All texts within a value, with their paths. */
function textsIn(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`));
}

function expectPlain(value: unknown): void {
  const texts = textsIn(value);
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter(([, text]) => unsafe.test(text) || text.length > 2200).map(([path]) => path)).toEqual([]);
}

const context = {} as Context;
const delivery = {} as Delivery;
const hook: RemoteHook = {
  providerId: 'one',
  event: hostile,
  system: hostile,
  region: hostile,
  status: hostile,
  callbackUrl: `https://example.org/${hostile}`,
  scope: { [hostile]: hostile },
};
const reading = {
  title: 'Translated',
  jobs: [{ kind: 'translation', subject: 'urn', state: 'running', stage: hostile, name: hostile }],
} satisfies Reading;

const connector = withPlainTexts({
  id: 'hostile',
  title: 'Hostile',
  fields: [],
  check: async () => ({ name: hostile, limitations: [{ bundle: 'hooks', reason: hostile }] }),
  verify: () => ({ genuine: false, reason: 'never' }),
  read: () => reading,
  hooks: {
    catalogue: { systems: [], regions: [] },
    inspect() {},
    create: async () => hook,
    update: async () => {},
    remove: async () => {},
    events: async () => ['plain.event', hostile],
    list: async () => ({ hooks: [hook], problems: [{ region: 'US', message: hostile }] }),
  },
  browse: {
    children: async () => ({
      nodes: [
        { id: 'node', kind: 'folder', name: hostile, detail: hostile, expandable: true },
        { id: 'n'.repeat(5000), kind: 'folder', name: 'too long an id', expandable: true },
      ],
      notes: [{ text: hostile }],
    }),
    find: async () => ({ id: 'node', kind: 'folder', name: hostile, expandable: false }),
  },
  jobs: {
    defaultFormats: [],
    regions: [],
    formatOf: (type) => ({ type }),
    source: () => ({ urn: 'urn', resource: 'urn' }),
    hooks: () => [],
    formats: async () => ['svf2', hostile],
    start: async () => ({ existed: false }),
    thumbnail: async () => undefined,
    getStatus: async () => ({
      state: 'failed',
      outputs: [{ format: hostile, state: 'failed' }],
      messages: Array.from({ length: 5000 }, () => ({ kind: 'error' as const, text: hostile, code: hostile })),
      hasThumbnail: false,
    }),
  },
} satisfies Connector);

test('the name of an account and what it cannot do', async () => {
  expectPlain(await connector.check(context));
});

test('names, details and notes of a tree, without what nobody can choose', async () => {
  const page = await connector.browse?.children(context);
  expectPlain(page);
  expect(page?.nodes.map(({ id }) => id)).toEqual(['node']);
  expectPlain(await connector.browse?.find?.(context, {}));
});

test('hooks of others and the problems of their listing', async () => {
  expectPlain(await connector.hooks?.list(context));
});

test('events and formats that would not go back as they came are not offered', async () => {
  expect(await connector.hooks?.events?.(context)).toEqual(['plain.event']);
  expect(await connector.jobs?.formats(context, undefined)).toEqual(['svf2']);
});

test('what a job is called and what its provider says of it', async () => {
  const status = await connector.jobs?.getStatus(context, { urn: 'urn', region: 'US' });
  expectPlain(status);
  expect(status?.messages).toHaveLength(200);
  expectPlain(connector.read(delivery));
});

test('what errors and messages quote', () => {
  expectPlain(new RingbackError('provider', `Autodesk rejected the request: ${hostile}`).message);
  const message = downloadMessages.errorResponse({ text: hostile });
  expectPlain([message.text, message.params]);
  expectPlain(withCause(message, new Error(hostile)).text.slice(message.text.length));
});

test('names in any script stay as they are', async () => {
  const names = [
    'Tür & Fenster <1>',
    '\u05d1\u05d9\u05ea \u2013 plan',
    '\u8a2d\u8a08\u56f3.rvt',
    '\u{1f468}\u200d\u{1f469}',
  ];
  for (const name of names) {
    const plain = withPlainTexts({ ...connector, check: async () => ({ name }) });
    expect(await plain.check(context)).toEqual({ name });
  }
});
