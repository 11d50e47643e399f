import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeInput } from '../../../main/engine/messages/index.ts';
import { type MethodName, methods } from '../../../preload/contract/index.ts';

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** Only such a pattern limits the length of what follows it. */
const isLimiting = (pattern: unknown): boolean => typeof pattern === 'string' && !/[*+]|\{\d+,\}/.test(pattern);

function isBounded(schema: Schema): boolean {
  if ('const' in schema || 'enum' in schema) return true;
  if (schema.type === 'string') return typeof schema.maxLength === 'number' || isLimiting(schema.pattern);
  if (schema.type === 'array') return typeof schema.maxItems === 'number';
  const isOpen = schema.type === 'object' && isSchema(schema.additionalProperties);
  return !isOpen || typeof schema.maxProperties === 'number';
}

/** The places in a schema whose strings, lists or objects may be of any size. */
function unboundedIn(schema: unknown, place: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((item, index) => unboundedIn(item, `${place}.${index}`));
  if (!isSchema(schema)) return [];
  const { default: _default, ...rest } = schema;
  const within = Object.entries(rest).flatMap(([name, value]) => unboundedIn(value, `${place}.${name}`));
  return isBounded(schema) ? within : [place, ...within];
}

describe('the contract', () => {
  it('bounds every text, list and object of a request', () => {
    const unbounded = Object.entries(methods).flatMap(([name, { input }]) =>
      unboundedIn(z.toJSONSchema(input, { io: 'input' }), name),
    );
    expect(unbounded).toEqual([]);
  });

  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, 'x']));
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
  const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
  const shared = (levels: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level += 1) value = Array.from({ length: 1000 }, () => value);
    return value;
  };
  const circular: unknown[] = [];
  circular.push(circular);

  it.each<[string, MethodName, unknown, string]>([
    ['settings', 'connections.add', { connector: 'x', settings: many(51) }, '"settings" must have at most 50 entries.'],
    ['secrets', 'connections.update', { id: 'x', secrets: many(51) }, '"secrets" must have at most 50 entries.'],
    ['members', 'samples.send', { hook: 'x', set: many(201) }, '"set" must have at most 200 entries.'],
    ['backups', 'backups.tidy', { connection: 'x', apply: ids(20_001) }, '"apply" must have at most 20000 entries.'],
    [
      'levels',
      'samples.send',
      { hook: 'x', set: { a: nested(22) } },
      '"set.a" must not be nested deeper than 20 levels',
    ],
    ['any levels', 'samples.send', { hook: 'x', set: { a: nested(200_000) } }, '"set.a" must not be nested deeper'],
    ['shared', 'hooks.update', { id: 'x', attribute: { a: shared(9) } }, '"attribute.a" must not be nested deeper'],
    ['circular', 'hooks.update', { id: 'x', attribute: { a: circular } }, '"attribute.a" must not be nested deeper'],
    [
      'digits of a time',
      'settings.set',
      { notifications: { pausedUntil: `2030-01-01T00:00:00.${'0'.repeat(1000)}Z` } },
      '"notifications.pausedUntil" must have at most 40 characters.',
    ],
  ])('rejects too many %s', (_, method, input, message) => {
    const parsed = methods[method].input.safeParse(input, { reportInput: true });
    expect(parsed.success ? '' : describeInput(parsed.error.issues).text).toContain(message);
  });

  it('accepts as many as there may be', () => {
    const inputs: [MethodName, unknown][] = [
      ['connections.add', { connector: 'x', settings: many(50), secrets: many(50) }],
      ['samples.send', { hook: 'x', set: { ...many(199), a: nested(20) } }],
      ['backups.tidy', { connection: 'x', apply: ids(20_000) }],
    ];
    for (const [method, input] of inputs) expect(methods[method].input.safeParse(input).success, method).toBe(true);
  });
});
