import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findRuntime } from '../../build/electron-runtime.ts';
import type { Input, MethodName, Output } from '../../preload/contract/index.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

const root = resolve(import.meta.dirname, '../..');
/** A packaged application to test in place of this checkout. */
const packaged = process.env.RINGBACK_APP;

const runtime = await findRuntime({
  platform: process.platform,
  environment: process.env,
  root: process.getuid?.() === 0,
  folder: join(root, 'node_modules', 'electron'),
});
const obstacle = packaged === undefined && 'obstacle' in runtime ? runtime.obstacle : undefined;
const suite = obstacle === undefined ? 'the desktop application' : `the desktop application (${obstacle})`;

/** The real application with a data folder of its own, closed after the test. */
async function started(...flags: string[]) {
  const folder = await temporaryFolder();
  // On a desktop without a key store the user would be asked; nobody is there to answer.
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ desktop: { weakKeyAgreed: true } }));
  const env: Record<string, string> = { RINGBACK_DATA_DIR: folder };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  const program = packaged === undefined ? {} : { executablePath: packaged };
  const args = packaged === undefined ? [root, ...flags] : flags;
  const application = await electron.launch({ ...program, args, env, chromiumSandbox: true, timeout: 60_000 });
  onTestFinished(() => application.close().catch(() => {}));
  return { application, folder, env, args };
}

async function ask<M extends MethodName>(page: Page, method: M, input: Input<M>): Promise<Output<M>> {
  const words: readonly [string, unknown] = [method, input];
  const answer = await page.evaluate(
    ([name, value]) => window.ringback?.ask(name as 'status.get', value as Record<string, never>),
    words,
  );
  if (!answer?.ok) throw new Error(`${method}: ${answer?.problem.message ?? 'no bridge'}`);
  return answer.value as Output<M>;
}

/** Has the main process bring the window, as a second start of the program would. */
const startAgain = (application: ElectronApplication) =>
  application.evaluate(({ app }) => void app.emit('second-instance', {}, [], ''));

describe.skipIf(obstacle !== undefined)(suite, () => {
  test('the window shows itself and is answered by the engine', async () => {
    const { application } = await started();
    const page = await application.firstWindow();
    expect(await page.title()).toBe('Ringback');
    expect(await ask(page, 'status.get', {})).toMatchObject({ desktop: true, sandbox: false });
    await page.getByRole('main').waitFor();
  });

  test('the page has no Node, opens no window and goes nowhere', async () => {
    const { application } = await started();
    const page = await application.firstWindow();
    const address = page.url();
    expect(await page.evaluate(() => [typeof globalThis.process, typeof Reflect.get(window, 'require')])).toEqual([
      'undefined',
      'undefined',
    ]);
    expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
    await page.evaluate(() => window.location.assign('https://example.org/'));
    expect(await page.evaluate(() => fetch('https://example.org/').then(Boolean, () => false))).toBe(false);
    expect(page.url()).toBe(address);
    expect(application.windows()).toHaveLength(1);
  });

  test('the page may put text on the clipboard', async () => {
    const { application } = await started();
    const page = await application.firstWindow();
    await page.evaluate(() => navigator.clipboard.writeText('copied'));
    expect(await application.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied');
  });

  test('the key store seals a secret and gives it back', async () => {
    const { application } = await started();
    await application.firstWindow();
    const result = await application.evaluate(async ({ safeStorage }) => {
      const encrypted = await safeStorage.encryptStringAsync('a secret');
      return {
        readable: encrypted.includes('a secret'),
        text: (await safeStorage.decryptStringAsync(encrypted)).result,
      };
    });
    expect(result).toEqual({ readable: false, text: 'a secret' });
  });

  test('the tray has a picture for every state', async () => {
    const { application } = await started();
    const empty = await application.evaluate(
      ({ app, nativeImage }, states) =>
        states.filter((name) => nativeImage.createFromPath(`${app.getAppPath()}/build/tray/${name}.png`).isEmpty()),
      ['up', 'down', 'off', 'problem'].flatMap((state) => [state, `${state}-large`, `${state}Template`]),
    );
    expect(empty).toEqual([]);
  });

  test('without its window the application goes on, and brings the window back when it is started again', async () => {
    const { application } = await started();
    const page = await application.firstWindow();
    const again = application.waitForEvent('window');
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
    await until(() => page.isClosed());
    await startAgain(application);
    expect(await ask(await again, 'status.get', {})).toMatchObject({ desktop: true });
  });

  test('a second start ends at once', async () => {
    const { application, env, args } = await started();
    await application.firstWindow();
    const program = await application.evaluate(() => process.execPath);
    const { status } = spawnSync(program, [...args], { env, timeout: 30_000 });
    expect(status).toBe(0);
    expect(application.windows()).toHaveLength(1);
  });

  test('the sandbox rings, its secret is encrypted on disk, and quitting is clean', async () => {
    const { application, folder } = await started('--sandbox');
    const page = await application.firstWindow();
    await page.getByText('Translation finished: pump.ipt').first().waitFor({ timeout: 30_000 });
    const [connection] = await ask(page, 'connections.list', {});
    expect(connection).toMatchObject({ name: 'Sandbox' });
    const { connections } = JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8')) as {
      connections: readonly { readonly secrets: Readonly<Record<string, unknown>> }[];
    };
    expect(JSON.stringify(connections)).toMatch(/"(darwin|win32|[a-z0-9_]+):[\w+/=]+"/);
    const ended = new Promise((end) => application.process().once('exit', end));
    await application.evaluate(({ app }) => app.quit()).catch(() => {});
    expect(await ended).toBe(0);
  });
});
