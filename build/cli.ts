import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireNodeModules } from './node-modules.ts';
import { buildOnce } from './stamp.ts';
import { buildWindow } from './window.ts';
import { withoutSchemas } from './without-schemas.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = (path: string): string => join(root, 'main', path);
const built = {
  name: 'cli',
  sources: ['main/**/*.ts', 'preload/**/*.ts', 'build/*.ts', 'package-lock.json'],
  result: 'out/cli/index.js',
};

/** Builds the command `ringback`, the headless host and its window into out/cli, if a source has changed since. */
export async function buildCommand(): Promise<void> {
  await buildOnce(built, bundle);
  await buildWindow();
}

/** Minified and bundled with its packages, so that a host reads a few files at start instead of a thousand. */
async function bundle(): Promise<void> {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [requireNodeModules(), withoutSchemas()],
    // A native module can only be loaded from its own package.
    ssr: { noExternal: true, external: ['@napi-rs/keyring'] },
    build: {
      ssr: true,
      target: 'node20',
      minify: true,
      outDir: join(root, 'out', 'cli'),
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          index: source('cli/index.ts'),
          headless: source('headless/index.ts'),
          sandbox: source('sandbox/index.ts'),
          // The engine finds its threads beside its own chunk, so that all of them lie in one folder.
          'ledger-thread': source('engine/storage/ledger-thread.ts'),
          'reading-thread': source('engine/storage/reading/reading-thread.ts'),
          'decompression-thread': source('engine/download/integrity/decompress/decompression-thread.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  chmodSync(join(root, built.result), 0o755);
}

if (import.meta.main) await buildCommand();
