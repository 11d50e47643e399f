import { expect, test } from 'vitest';
import { connectionsMatching } from '../../renderer/connections/connection-search.ts';

const connections = [
  { name: 'Plant viewer', account: 'App Xk3', connector: 'aps', settings: { region: 'EMEA' } },
  { name: 'Garage', connector: 'flex', settings: { username: 'kim' } },
];
const titles: Readonly<Record<string, string>> = { aps: 'Autodesk Platform Services', flex: 'Autoflex10' };
const found = (text: string) =>
  connectionsMatching(connections, text, (id) => titles[id] ?? '').map(({ name }) => name);

test.each([
  ['', ['Plant viewer', 'Garage']],
  ['autodesk VIEWER', ['Plant viewer']],
  ['xk3', ['Plant viewer']],
  ['kim', ['Garage']],
  ['auto', ['Plant viewer', 'Garage']],
  ['garage emea', []],
])('the text “%s” finds the connections that have each of its words', (text, expected) => {
  expect(found(text)).toEqual(expected);
});
