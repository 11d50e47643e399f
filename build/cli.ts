import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildWindow } from './window.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = join(root, 'out', 'cli', 'index.js');

/** Builds the command `ringback` into out/cli, and the window that its host serves. The packages it needs stay outside. */
async function buildCommand(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(root, 'out', 'cli'),
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          index: join(root, 'main/cli/index.ts'),
          // The engine finds its threads beside its own chunk, so that all of them lie in one folder.
          'ledger-thread': join(root, 'main/engine/storage/ledger-thread.ts'),
          'reading-thread': join(root, 'main/engine/storage/reading/reading-thread.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  chmodSync(entry, 0o755);
  await buildWindow();
}

if (import.meta.main) await buildCommand();
