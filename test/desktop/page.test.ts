import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPage, pageAddress, pageOrigin } from '../../main/desktop/page.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function served() {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'window', 'assets'), { recursive: true });
  await writeFile(join(folder, 'window', 'index.html'), '<title>Ringback</title>');
  await writeFile(join(folder, 'window', 'assets', 'index-Ab_1.js'), 'start()');
  await writeFile(join(folder, 'secret.html'), 'secret');
  // On Windows this name is a way out of the folder, elsewhere it is a file's.
  await writeFile(join(folder, 'window', '..\\secret.html'), 'secret');
  const page = createPage(join(folder, 'window'));
  return (url: string, method = 'GET') => page({ url, method });
}

test('the page is served with a policy that allows no inline script and no connection', async () => {
  const get = await served();
  const response = await get(pageAddress);
  expect(await response.text()).toBe('<title>Ringback</title>');
  expect(response.headers.get('content-type')).toContain('text/html');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('connect-src');
});

test('a script is served as one', async () => {
  const get = await served();
  const response = await get(`${pageOrigin}/assets/index-Ab_1.js`);
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(await response.text()).toBe('start()');
});

test.each([
  ['a missing file', `${pageOrigin}/missing.js`],
  ['a file of an unknown kind', `${pageOrigin}/index.map`],
  ['a way out of the folder', `${pageOrigin}/%2e%2e/secret.html`],
  ['another way out', `${pageOrigin}/..%2fsecret.html`],
  ['a way out in the manner of Windows', `${pageOrigin}/..\\secret.html`],
  ['another host', 'ringback://other/index.html'],
])('%s is not found', async (_name, url) => {
  const get = await served();
  expect((await get(url)).status).toBe(404);
});

test('only reading is answered', async () => {
  const get = await served();
  expect((await get(pageAddress, 'POST')).status).toBe(404);
});
