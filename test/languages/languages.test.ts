import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
// For the messages of all connectors.
import '../../main/connectors/index.ts';
import { germanCommandMessages } from '../../main/cli/languages/de/index.ts';
import { dutchCommandMessages } from '../../main/cli/languages/nl/index.ts';
import { trayMessages } from '../../main/desktop/messages.ts';
import { messageCodes } from '../../main/engine/messages/index.ts';
// For the messages of the host.
import '../../main/headless/messages.ts';
import { environmentVariables } from '../../main/headless/environment.ts';
import { germanMessages } from '../../preload/languages/de/index.ts';
import { chooseLanguage, type MessageCatalogue, translate } from '../../preload/languages/index.ts';
import { dutchMessages } from '../../preload/languages/nl/index.ts';
import { german } from '../../renderer/languages/de/index.ts';
import { dutch } from '../../renderer/languages/nl/index.ts';
import { english } from '../../renderer/texts.en.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** "settings.title" → its text, for all texts of a language. */
function flatten(texts: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(texts)) {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'string') found.set(key, value);
    else for (const [inner, text] of flatten(value, key)) found.set(inner, text);
  }
  return found;
}

const placeholders = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/\{\{(\w+)/g)].map(([, name = '']) => name).sort();

const codesOf = (catalogue: MessageCatalogue): string[] =>
  Object.entries(catalogue).flatMap(([domain, texts]) => Object.keys(texts).map((code) => `${domain}.${code}`));

const difference = (all: Iterable<string>, known: Iterable<string>): string[] => {
  const others = new Set(known);
  return [...all].filter((key) => !others.has(key)).sort();
};

const windowTexts = flatten(english);
const windowLanguages = [
  ['Dutch', flatten(dutch)],
  ['German', flatten(german)],
] as const;
const messageLanguages = [
  ['Dutch', { ...dutchMessages, ...dutchCommandMessages }],
  ['German', { ...germanMessages, ...germanCommandMessages }],
] as const;
const codes = [...messageCodes, ...environmentVariables.map(([name]) => `environment.${name}`)];

test.each(windowLanguages)(
  'in %s every text of the window is there, and none that English does not have',
  (_name, texts) => {
    expect(difference(windowTexts.keys(), texts.keys()), 'missing in renderer/languages').toEqual([]);
    expect(difference(texts.keys(), windowTexts.keys()), 'no longer in English').toEqual([]);
  },
);

test.each(windowLanguages)('in %s every text of the window has the same parameters as in English', (_name, texts) => {
  const wrong = [...texts].filter(
    ([key, text]) => placeholders(text).join() !== placeholders(windowTexts.get(key)).join(),
  );
  expect(wrong.map(([key]) => key)).toEqual([]);
});

test.each(messageLanguages)(
  'in %s every message of the engine and of the command line is there, and none that English does not have',
  (_name, catalogue) => {
    expect(difference(codes, codesOf(catalogue)), 'missing in preload/languages or main/cli/languages').toEqual([]);
    expect(difference(codesOf(catalogue), codes), 'no longer in English').toEqual([]);
  },
);

/** The sources of the window, apart from its texts. */
function windowSources(folder = join(root, 'renderer')): { path: string; text: string }[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !/texts\.en\.ts$|[\\/]languages[\\/]/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

test('every text of the window is used', () => {
  const source = windowSources()
    .map(({ text }) => text)
    .join('\n');
  const computed = [...source.matchAll(/`([\w.]*)\$\{[^`]*`/g)].map(([whole]) => patternOf(whole));
  const plural = /_(zero|one|two|few|many|other)$/;
  const isUsed = (key: string): boolean =>
    [key, key.replace(plural, '')].some(
      (one) => source.includes(`'${one}'`) || computed.some((pattern) => pattern.test(one)),
    );
  expect([...windowTexts.keys()].filter((key) => !isUsed(key))).toEqual([]);
});

/** A template such as `nav.${page}` as the keys that it can stand for. */
function patternOf(template: string): RegExp {
  const parts = template.slice(1, -1).split(/\$\{[^}]*\}/);
  return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.').replaceAll(/[^\w.\\]/g, '')).join('.+')}$`);
}

test('no text of the window is written into its components', () => {
  const attribute = /\b(?:label|title|placeholder|description|aria-label|alt)="([^"{]*[a-z]{2,}[^"{]*)"/g;
  const content = /(?<=[\w"'}]|\/)>\s*([A-Z][a-z]+(?: [\w’',.]+)+)\s*</g;
  const found = windowSources()
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(attribute), ...text.matchAll(content)].map(([, words]) => `${path}: ${words}`),
    );
  // Examples of addresses and file names are the same in every language.
  expect(found.filter((text) => !/\w[.@:]\w/.test(text.replace(/^\S+: /, '')))).toEqual([]);
});

test('the tray has texts in every language', () => {
  const { code } = trayMessages.quit();
  expect(messageLanguages.map(([, catalogue]) => translate(catalogue, { code, params: {} }))).toEqual([
    'Ringback afsluiten',
    'Ringback beenden',
  ]);
});

test.each([
  ['nl', 'system', ['nl-BE', 'en'], 'nl'],
  ['de', 'system', ['fr-FR', 'de-AT'], 'de'],
  ['en', 'system', ['fr-FR'], 'en'],
  ['en', undefined, [], 'en'],
  ['de', 'de', ['nl'], 'de'],
] as const)('the language is %s for the choice %s and the system %o', (_language, choice, system, expected) => {
  expect(chooseLanguage(choice, system)).toBe(expected);
});

test('plurals, sizes and times follow the language', () => {
  const summary = (catalogue: MessageCatalogue, count: number) =>
    translate(catalogue, { code: 'notifications.dailySummary', params: { count } });
  expect([1, 2].map((count) => summary(dutchMessages, count))).toEqual([
    'Dagelijks overzicht: 1 melding',
    'Dagelijks overzicht: 2 meldingen',
  ]);
  const disk = { code: 'alerts.diskTitle', params: { free: 1_500_000_000 } };
  expect(translate(germanMessages, disk)?.replace(/\s/gu, ' ')).toBe('Die Festplatte ist fast voll: 1,5 GB frei');
});
