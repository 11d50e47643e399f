import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import { rendererConfig } from './build/renderer-config.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          index: file('main/desktop/index.ts'),
          'ledger-thread': file('main/engine/storage/ledger-thread.ts'),
          'reading-thread': file('main/engine/storage/reading/reading-thread.ts'),
          'decompression-thread': file('main/engine/download/integrity/decompress/decompression-thread.ts'),
        },
        // The engine finds its threads beside its own chunk, so that all of them lie in one folder.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: { bridge: file('preload/bridge.ts') },
        // A sandboxed preload script is CommonJS, whatever the package says.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
});
