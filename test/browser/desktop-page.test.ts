import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Session } from 'electron';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { guardSession } from '../../main/desktop/guard.ts';
import { createPage, pageOrigin } from '../../main/desktop/page.ts';
import { eventually, until } from '../support/temporary.ts';
import { test } from './support/browser-test.ts';

/** The desktop window's own files, policy, request filter and built preload in a real browser, in place of Electron's. */

const root = resolve(import.meta.dirname, '../..');
const preload = join(root, 'out/preload/bridge.cjs');
if (!existsSync(preload)) throw new Error('Run `npm run build` first.');
/** Stands for `ringback://window`, which only Electron can serve. */
const address = 'https://window';

/** Electron's two modules for a preload, in a world of its own; what it exposes is reached by events that carry text. */
const isolatedWorld = `(() => {
  const waiting = [];
  globalThis.settle = (index, answer) => waiting[index](answer);
  const ipcRenderer = {
    invoke: (channel, ...values) => new Promise((done) => {
      toMain(JSON.stringify({ index: waiting.push(done) - 1, channel, values }));
    }),
    on() {}, off() {}, send() {},
  };
  const contextBridge = { exposeInMainWorld: (name, api) => addEventListener(name + ' asks', async ({ detail }) => {
    const { index, method, input } = JSON.parse(detail);
    const answer = JSON.stringify(await api.ask(method, input));
    dispatchEvent(new CustomEvent(name + ' answers ' + index, { detail: answer }));
  }) };
  const require = () => ({ contextBridge, ipcRenderer });
  ${readFileSync(preload, 'utf8')}
})()`;

/** What contextBridge puts into the page's world. */
const mainWorld = `(() => {
  let last = 0;
  window.ringback = { listen: () => () => {}, ask: (method, input) => new Promise((done) => {
    const index = (last += 1);
    addEventListener('ringback answers ' + index, ({ detail }) => done(JSON.parse(detail)), { once: true });
    dispatchEvent(new CustomEvent('ringback asks', { detail: JSON.stringify({ index, method, input }) }));
  }) };
})()`;

const problem = { ok: false, problem: { code: 'internal', message: 'Nothing is open yet.' } };

/** The window as the page handler serves it; `asked` is what came through the preload, `left` what passed the policy. */
async function openWindow(browser: Browser) {
  const page = await browser.newPage();
  const asked: string[] = [];
  const left: string[] = [];
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Runtime.enable');
  await cdp.send('Page.enable');
  await cdp.send('Runtime.addBinding', { name: 'toMain', executionContextName: 'preload' });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedWorld, worldName: 'preload' });
  cdp.on('Runtime.bindingCalled', ({ payload, executionContextId: contextId }) => {
    const { index, channel, values } = JSON.parse(payload) as { index: number; channel: string; values: string[] };
    asked.push(`${channel} ${values[0]}`);
    const expression = `settle(${index}, ${JSON.stringify(problem)})`;
    cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => {});
  });
  await page.addInitScript(mainWorld);
  await servePage(page, left);
  await page.goto(`${address}/index.html`);
  return { page, asked, left };
}

type Filter = (details: { url: string }, decide: (decision: { cancel: boolean }) => void) => void;

async function servePage(page: Page, left: string[]): Promise<void> {
  const serve = createPage(join(root, 'out/renderer'));
  let isCanceled: Filter = () => {};
  const onBeforeRequest = (filter: Filter): void => {
    isCanceled = filter;
  };
  const handlers = {
    setPermissionRequestHandler() {},
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
  };
  guardSession({ ...handlers, on() {}, webRequest: { onBeforeRequest } } as unknown as Session, [`${pageOrigin}/`]);
  await page.route('**/*', async (route) => {
    const url = route.request().url().replace(address, pageOrigin);
    const cancel = await new Promise<boolean>((decide) => isCanceled({ url }, (decision) => decide(decision.cancel)));
    if (cancel) {
      left.push(url);
      return await route.abort();
    }
    const response = await serve({ url, method: route.request().method() });
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  });
}

test('the built window runs under its policy and asks through the built preload alone', async ({ browser }) => {
  const { page, asked, left } = await openWindow(browser);
  await until(() => asked.some((question) => question === 'ringback:ask settings.get'));
  expect(asked.every((question) => question.startsWith('ringback:ask '))).toBe(true);
  const globals = ['require', 'process', 'module', 'Buffer', 'toMain', 'settle', 'electron'];
  expect(await page.evaluate((names) => names.filter((name) => name in window), globals)).toEqual([]);
  expect(left).toEqual([]);
  await page.close();
});

test('nothing injected into the window runs, and nothing leaves it', async ({ browser }) => {
  const { page, left } = await openWindow(browser);
  await page.evaluate(() => {
    const blocked: string[] = [];
    Object.assign(window, { blocked });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => blocked.push(effectiveDirective));
    const add = (name: string, set: object) => document.body.append(Object.assign(document.createElement(name), set));
    add('script', { textContent: 'window.injected = true' });
    add('img', { src: 'https://example.org/picture.png' });
    add('iframe', { src: 'https://example.org/frame.html' });
  });
  const fetched = (url: string) => page.evaluate((target) => fetch(target).then(Boolean, () => false), url);
  expect([await fetched('https://example.org/'), await fetched('/index.html')]).toEqual([false, false]);
  const blocked = () => page.evaluate(() => Reflect.get(window, 'blocked') as string[]);
  await eventually(async () => {
    expect(new Set(await blocked())).toEqual(new Set(['script-src-elem', 'img-src', 'frame-src', 'connect-src']));
  });
  expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  expect(left).toEqual([]);
  await page.close();
});
