import { expect, test } from 'vitest';
import { connectors } from '../../../main/connectors/index.ts';
import { linkMethods } from '../../../main/engine/composition/links.ts';

function openLinks() {
  const opened: string[] = [];
  const open = async (url: string): Promise<boolean> => {
    opened.push(url);
    return true;
  };
  return { opened, methods: linkMethods({ ports: { open }, connectors }) };
}

test('the help pages of connectors open by their ids', async () => {
  const { opened, methods } = openLinks();
  const links = connectors.flatMap((connector) => connector.links ?? []);
  expect(links.length).toBeGreaterThan(0);
  for (const { id, url } of links) {
    expect(await methods['links.open']({ link: id })).toEqual({ opened: true, url });
    expect(new URL(url).protocol).toBe('https:');
  }
  expect(opened).toEqual(links.map(({ url }) => url));
});

test('one id never names two pages', () => {
  const links = connectors.flatMap((connector) => connector.links ?? []);
  const pages = new Map<string, Set<string>>();
  for (const { id, url } of links) pages.set(id, (pages.get(id) ?? new Set()).add(url));
  expect([...pages.values()].every((urls) => urls.size === 1)).toBe(true);
});

test('an unknown id is invalid input, and nothing opens', async () => {
  const { opened, methods } = openLinks();
  await expect(methods['links.open']({ link: 'https://example.com/' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect(opened).toEqual([]);
});
