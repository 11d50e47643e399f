import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { readSources } from '../../build/source.ts';

const files = new Map(readSources(['main', 'preload']).map((file) => [file.path, file.text]));

const imports = /^(?:import|export) (?!type )[^;]*? from '([^']+)'/gm;

/** Everything that is loaded with a file: what it imports by a statement that is no type, and what that imports. */
function loadedWith(path: string): Set<string> {
  const loaded = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    for (const [, request = ''] of files.get(next)?.matchAll(imports) ?? [])
      open.push(request.startsWith('.') ? posix.join(posix.dirname(next), request) : request);
  }
  return loaded;
}

test.each(['main/headless/index.ts', 'main/cli/index.ts'])(
  '%s loads rarely needed programs only when they are',
  (path) => {
    const loaded = [...loadedWith(path)];
    expect(loaded).toContain('main/engine/errors.ts');
    const rare = /^(main\/sandbox\/|(nodemailer|undici|express|ky)$|@nats-io\/(?!nkeys)|electron)/;
    expect(loaded.filter((one) => rare.test(one))).toEqual([]);
  },
);

test('a command of the command line loads neither the engine nor the host', () => {
  const loaded = [...loadedWith('main/cli/index.ts')];
  expect(
    loaded.filter((one) =>
      /^main\/(engine\/composition|headless\/(?!environment|messages|settings-variables))|^express$|^undici$/.test(one),
    ),
  ).toEqual([]);
});

test.each(['main/engine/storage/ledger-thread.ts', 'main/engine/storage/reading/reading-thread.ts'])(
  '%s loads nothing but the tables and what Node has: every engine starts it',
  (path) => {
    const loaded = [...loadedWith(path)];
    expect(loaded).toContain('main/engine/storage/tables/index.ts');
    expect(loaded.filter((one) => !/^(main\/engine\/storage\/|node:)/.test(one))).toEqual([]);
  },
);
