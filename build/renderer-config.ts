import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';
import { thirdPartyModule } from './licenses.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The development server needs inline scripts and a socket of its own; the policy is for what is shipped. */
const policyOnlyWhenBuilt: Plugin = {
  name: 'policy-only-when-built',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** A module of the window of which nothing is used is left out with its styles, so that the first page carries no other; the styles that all pages share stay. */
const moduleSideEffects = [{ test: /[\\/]renderer[\\/](?!parts[\\/]index\.ts).*\.tsx?$/, sideEffects: false }];

/** How the window is built, for the browser and for the desktop application alike. */
export const rendererConfig = {
  root: folder('../renderer'),
  base: './',
  plugins: [react(), policyOnlyWhenBuilt, thirdPartyModule()],
  build: {
    outDir: folder('../out/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    minify: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: folder('../renderer/index.html'), treeshake: { moduleSideEffects } },
  },
} satisfies UserConfig;
