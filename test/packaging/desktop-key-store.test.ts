import { expect, test } from 'vitest';
import { startApplication, unlessEnded } from '../support/electron/application.ts';

/** The packed application under a simulated Electron, which rejects whatever the installed electron.d.ts does not declare. */

test('while the key store is locked a link opened at the start is shown, and unlocking it opens the engine', async () => {
  const application = await startApplication({ flags: ['--hidden'], keyStore: 'locked' });
  const link = 'ringback://job/5f0c2c1e-92a1-4c7e-8f1d-0d3e7f6b8a11';
  await application.perform({
    type: 'emit',
    on: 'app',
    event: 'second-instance',
    values: [['ringback', link], '/', {}],
  });
  await application.observed((seen) => seen.changes.includes('open-job'));
  await application.perform({ type: 'emit', on: 'app', event: 'child-process-gone', values: [{}, { type: 'GPU' }] });
  await application.observed((seen) => seen.windows[0]?.visible === true);
  const locked = application.ask('status.get', {});
  expect((await application.observe()).tray).toBeUndefined();
  await application.perform({ type: 'unlock' });
  expect(await locked).toMatchObject({ desktop: true });
  expect((await locked).vault.caution).toBeUndefined();
  await application.observed((seen) => seen.tray !== undefined);
});

test('while the key store is locked its window is open and it can be quit, and closing the window asks nothing then', async () => {
  const application = await startApplication({ keyStore: 'locked' });
  await application.observed((seen) => seen.windows[0]?.visible === true);
  await unlessEnded(application.perform({ type: 'quit' }));
  expect(await application.ended, application.output()).toBe(0);
});

test('without a key store the user decides, and is not asked again after agreeing', async () => {
  const keepSecrets = 1;
  const application = await startApplication({ keyStore: 'absent', pressed: [keepSecrets] });
  const { boxes } = await application.observed((seen) => seen.tray !== undefined);
  expect(boxes.map(({ message }) => message)).toEqual(['This desktop has no key store']);
  expect((await application.ask('status.get', {})).vault.caution).toContain('no key store');
  await unlessEnded(application.perform({ type: 'quit' }));
  await application.ended;
  const again = await startApplication({ keyStore: 'absent', home: application.home });
  expect((await again.observed((seen) => seen.tray !== undefined)).boxes).toEqual([]);
});

test('a key store on a desktop that Chromium does not recognise is used without a question', async () => {
  const application = await startApplication({ keyStore: 'unrecognised' });
  const { boxes } = await application.observed((seen) => seen.tray !== undefined);
  expect(boxes).toEqual([]);
  expect((await application.ask('status.get', {})).vault.caution).toBeUndefined();
});
