import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n');
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
  files.filter((file) => /^docs\/.*\.md$/.test(file)),
);

/** Files in code font and the targets of links. */
function namedFiles(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const inCode = [...text.matchAll(/`([\w./@-]+\.(?:tsx?|css|md))`/g)].map(([, file = '']) => file);
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, file = '']) => file);
  return [...inCode, ...linked.map((file) => join(dirname(document), file))];
}

test.each(documents)('every file that %s names exists', (document) => {
  const missing = namedFiles(document).filter(
    (named) => !files.some((file) => file === named || file.endsWith(`/${named}`) || file.startsWith(`${named}/`)),
  );
  expect(missing).toEqual([]);
});

test('every npm command that a document names exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const named = documents.flatMap((document) =>
    [...readFileSync(join(root, document), 'utf8').matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(
      ([, name = '']) => name,
    ),
  );
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
