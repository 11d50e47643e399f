import type { BrowserWindow, Dialog } from 'electron';
import { expect, test } from 'vitest';
import { createMemory } from '../../main/desktop/memory.ts';
import { createCloseQuestion, createKeyStoreQuestion, createWeakKeyQuestion } from '../../main/desktop/questions.ts';

/** A dialog whose user always presses the button with these words. */
function user(words: string, checkboxChecked = false) {
  let asked = 0;
  const showMessageBox = async (...given: unknown[]) => {
    asked += 1;
    const { buttons } = given.at(-1) as { readonly buttons: readonly string[] };
    return { response: buttons.indexOf(words), checkboxChecked };
  };
  return { dialog: { showMessageBox } as unknown as Dialog, asked: () => asked };
}

function memory() {
  const kept = new Map<string, unknown>();
  return createMemory({ get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) });
}

const weakKey = (dialog: Dialog, answers: ReturnType<typeof memory>, again = false) =>
  createWeakKeyQuestion({ dialog, memory: answers, again })();

test('the agreement to a weak key is asked for once and remembered', async () => {
  const { dialog, asked } = user('Keep them all the same');
  const answers = memory();
  expect(await weakKey(dialog, answers)).toBe(true);
  expect(await weakKey(dialog, answers)).toBe(true);
  expect(asked()).toBe(1);
});

test('a rejection is asked about again at the next start', async () => {
  const answers = memory();
  expect(await weakKey(user('Keep no secrets').dialog, answers)).toBe(false);
  expect(await weakKey(user('Keep them all the same').dialog, answers)).toBe(true);
});

test('a rejection is remembered where the user wants that, until they ask for the question', async () => {
  const answers = memory();
  expect(await weakKey(user('Keep no secrets', true).dialog, answers)).toBe(false);
  const { dialog, asked } = user('Keep them all the same');
  expect(await weakKey(dialog, answers)).toBe(false);
  expect(asked()).toBe(0);
  expect(await weakKey(dialog, answers, true)).toBe(true);
  expect(await weakKey(user('').dialog, answers, true)).toBe(true);
});

const window = {} as BrowserWindow;

test('with a tray the window closes without a question', async () => {
  const { dialog, asked } = user('');
  const mayClose = createCloseQuestion({ dialog, hasTray: async () => true, quit: () => {} });
  expect(await mayClose(window)).toBe(true);
  expect(asked()).toBe(0);
});

test('without a tray the user is told once how to get the window back', async () => {
  const { dialog, asked } = user('Go on without the window');
  const mayClose = createCloseQuestion({ dialog, hasTray: async () => false, quit: () => {} });
  expect(await mayClose(window)).toBe(true);
  expect(await mayClose(window)).toBe(true);
  expect(asked()).toBe(1);
});

test.each([
  ['Quit Ringback', 1],
  ['Cancel', 0],
])('without a tray "%s" keeps the window open and quits %d times', async (words, times) => {
  const quits: string[] = [];
  const quit = () => void quits.push('quit');
  const mayClose = createCloseQuestion({ dialog: user(words).dialog, hasTray: async () => false, quit });
  expect(await mayClose(window)).toBe(false);
  expect(quits).toHaveLength(times);
});

test.each([
  ['Restart Ringback', 'restart'],
  ['Quit Ringback', 'quit'],
])('a keyring that cannot be used ends Ringback where the user chooses "%s"', async (words, done) => {
  const chosen = Promise.withResolvers<string>();
  const parts = { restart: () => chosen.resolve('restart'), quit: () => chosen.resolve('quit') };
  const question = createKeyStoreQuestion({ dialog: user(words).dialog, ...parts })();
  expect(await Promise.race([question.then(() => 'continue'), chosen.promise])).toBe(done);
});

test('a keyring that cannot be used is done without where the user wants that', async () => {
  const reject = (): never => expect.unreachable('Ringback ends');
  const parts = { restart: reject, quit: reject };
  await createKeyStoreQuestion({ dialog: user('Continue without the keyring').dialog, ...parts })();
});

test('the questions are asked in the language of the user', async () => {
  const { dialog } = user('Trotzdem speichern');
  expect(await createWeakKeyQuestion({ dialog, memory: memory(), again: false, language: 'de' })()).toBe(true);
});
