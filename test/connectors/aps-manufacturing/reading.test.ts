import { expect, test } from 'vitest';
import { milestoneFilter } from '../../../main/connectors/aps-manufacturing/milestone-filter.ts';
import { read } from '../../../main/connectors/aps-manufacturing/reading.ts';
import { delivery } from '../deliveries.ts';

const component =
  'Y29tcH5jby5Kd254Q0p3YVNQeWcwbGRGdUZpNkxRfkJOeUsydk1Ua20ySFdPWEE1M1oyMWNfYWdhfnFyTWxHTjFubzFzeWJVOWNXaU43WjI';
const decoded = Buffer.from(component, 'base64url').toString();
/** As Autodesk's guide prints it, blank before the schema's address included. */
const documented = {
  id: '7be945d4-88cb-4b19-8dc9-f1dace8ff0c8',
  source: 'urn:com.autodesk.forge:clientid:5zw90va0UuwMKTnPS5sLsdgZjDkVYXN7',
  specversion: '1.0',
  type: 'autodesk.data.pim:events.milestone.created-1.0.0',
  subject: `urn:autodesk.data.pim:component:${component}`,
  time: '2020-03-11T17:54:07.074+00:00',
  dataschema: ' http://forge.autodesk.com/schemas/pim-event-schema-v1.0.0.json',
  data: { eventtype: 'MILESTONE_CREATED', componentid: component, milestonename: 'new milestone v1' },
};
const captured = { ...documented, type: 'autodesk.data.pim:milestone.created-1.0.0', time: '2022-05-09T16:00:17.287Z' };
const named = (milestonename: string) => ({ ...documented, data: { ...documented.data, milestonename } });
const registered = (scope: Record<string, string> = {}) => ({
  event: 'MILESTONE_CREATED',
  scope: { component, ...scope },
});

test('a milestone as the guide prints it is told in words', () => {
  expect(read(delivery(documented, { registered: registered(), names: { [component]: 'Frame' } }))).toEqual({
    system: 'autodesk.data.pim',
    event: 'MILESTONE_CREATED',
    title: 'Milestone "new milestone v1" of Frame',
    titleMessage: {
      code: 'apsManufacturing.milestone',
      params: { milestone: 'new milestone v1', component: 'Frame' },
    },
    outcome: 'info',
    resource: component,
    names: ['new milestone v1', 'Frame'],
    time: Date.parse('2020-03-11T17:54:07.074Z'),
    identity: expect.any(String),
  });
});

test('a milestone as it was captured is told too, with a name of its own kind', () => {
  const body = { ...captured, data: { ...captured.data, milestonename: 'Milestone V48' } };
  const reading = read(delivery(body, { registered: registered(), names: { [component]: 'Frame' } }));
  expect(reading).toMatchObject({ title: 'Milestone V48 of Frame', time: Date.parse('2022-05-09T16:00:17.287Z') });
});

test('without a name the component is told by the first characters of its id', () => {
  expect(read(delivery(documented)).title).toBe('Milestone "new milestone v1" of component BNyK2vMT');
});

test.each([
  ['unencoded', decoded],
  ['with another part at its end', Buffer.from(`${decoded.split('~').slice(0, 3).join('~')}~~`).toString('base64url')],
])('an id that comes %s is still of the watched component', (_, componentid) => {
  const body = { ...documented, data: { ...documented.data, componentid } };
  const names = { [component]: 'Frame' };
  expect(read(delivery(body, { registered: registered(), names }))).toMatchObject({
    title: expect.stringContaining('of Frame'),
    resource: component,
  });
});

test('another component than the one watched is told by its own id', () => {
  const other = Buffer.from('comp~co.a~OtherAsset_aga~~').toString('base64url');
  const body = { ...documented, data: { ...documented.data, componentid: other } };
  expect(read(delivery(body, { registered: registered(), names: { [component]: 'Frame' } }))).toMatchObject({
    title: expect.stringContaining('of component OtherAss'),
    resource: other,
  });
});

test('source and id make the event: another body with the same pair is the same, another pair is not', () => {
  const identity = (body: object) => read(delivery(body)).identity;
  expect(identity(captured)).toBe(identity(documented));
  expect(identity({ ...documented, id: 'another' })).not.toBe(identity(documented));
  expect(identity({ ...documented, source: 'urn:other' })).not.toBe(identity(documented));
});

test('a milestone with another name than asked for is kept and does not ring', () => {
  const readAs = (name: string) => read(delivery(named(name), { registered: registered({ milestone: 'Release *' }) }));
  expect(readAs('Release A')).not.toHaveProperty('muted');
  expect(readAs('Draft')).toMatchObject({ muted: true, summary: 'Not announced: you asked for "Release *".' });
});

test.each([
  ['Release A', ['Release A', ' Release A '], ['release a', 'Release AB', '']],
  ['Release*', ['Release', 'Release 12'], ['A Release', 'release 1']],
  ['*lease*', ['Release A', 'lease'], ['leas', '']],
  ['A*B*A', ['ABA', 'AxxBxxA'], ['ABAB', 'AB', 'A']],
  ['A*A', ['AA', 'AbA'], ['A']],
  ['/^v\\d+$/i', ['V48', 'v1'], ['V48b', 'v']],
  ['1.0 (final)', ['1.0 (final)'], ['1x0 (final)']],
])('the pattern %s lets %j pass and %j not', (pattern, passing, others) => {
  const fits = milestoneFilter(pattern);
  expect([passing.filter((name) => !fits(name)), others.filter(fits)]).toEqual([[], []]);
});

test('any other CloudEvent is told by its type, subject and time', () => {
  const body = {
    ...documented,
    type: 'autodesk.data.pim:component.reserved-1.0.0',
    subject: 'urn:x:y:ThingOne',
    data: 7,
  };
  expect(read(delivery(body))).toMatchObject({
    event: 'autodesk.data.pim:component.reserved-1.0.0',
    title: 'autodesk.data.pim:component.reserved-1.0.0: ThingOne',
    summary: `Sent by ${documented.source}.`,
    resource: 'urn:x:y:ThingOne',
    time: Date.parse('2020-03-11T17:54:07.074Z'),
  });
});

test.each([
  ['no JSON', '<html>'],
  ['no CloudEvent', { version: '1.0', payload: {} }],
  ['a CloudEvent of no known version', { ...documented, specversion: '0.3' }],
  ['a CloudEvent without its id', { ...documented, id: '' }],
  ['a list', [documented]],
])('%s cannot be read', (_, body) => {
  expect(() => read(delivery(body))).toThrow();
});

test.each([
  [{ time: 'yesterday' }, 'time'],
  [{ data: null, subject: undefined }, 'resource'],
])('a milestone with %j is told without its %s', (changes, member) => {
  const reading = read(delivery({ ...documented, ...changes }));
  expect(reading.title).toMatch(/^Milestone/);
  expect(reading).not.toHaveProperty(member);
});
