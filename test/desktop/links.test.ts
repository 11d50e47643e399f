import { expect, test } from 'vitest';
import { createOpener } from '../../main/desktop/links.ts';

test('https links are opened in the browser, and nothing else is', async () => {
  const opened: string[] = [];
  const open = createOpener({ openExternal: async (url) => void opened.push(url) });
  expect(await open('https://aps.autodesk.com/apps')).toBe(true);
  for (const target of ['http://a.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'ms-msdt:x', 'not a link'])
    expect(await open(target), target).toBe(false);
  expect(opened).toEqual(['https://aps.autodesk.com/apps']);
});

test('the page of a simulator on this computer is opened without https', async () => {
  const opened: string[] = [];
  const open = createOpener({ openExternal: async (url) => void opened.push(url) });
  const page = 'http://127.0.0.1:4000/authentication/v2/authorize?state=a';
  expect([await open(page), await open('http://localhost/'), await open('http://[::1]:8080/')]).toEqual([
    true,
    true,
    true,
  ]);
  expect(await open('http://localhost.example/')).toBe(false);
  expect(opened[0]).toBe(page);
});
