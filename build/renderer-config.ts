import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';
import { thirdPartyModule } from './licenses.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The development server needs inline scripts and its own socket; the content security policy is for the built window. */
const policyOnlyWhenBuilt: Plugin = {
  name: 'policy-only-when-built',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** Lets the built script export what main.tsx does: tests open several windows, one after another, in one page. */
const exportsOfMain: Plugin = {
  name: 'exports-of-main',
  apply: 'build',
  transform: {
    order: 'post',
    filter: { id: /index\.html$/ },
    handler: (code) => `${code}\nexport * from './main.tsx';`,
  },
};

/** Leaves out unused modules with their styles, so that a page loads only its own; parts/index.ts has the shared styles. */
const moduleSideEffects = [{ test: /[\\/]renderer[\\/](?!parts[\\/]index\.ts).*\.tsx?$/, sideEffects: false }];

/** Vite's configuration of the window, for the browser and for the desktop application. */
export const rendererConfig = {
  root: folder('../renderer'),
  base: './',
  plugins: [react(), policyOnlyWhenBuilt, exportsOfMain, thirdPartyModule()],
  build: {
    outDir: folder('../out/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    minify: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: folder('../renderer/index.html'),
      treeshake: { moduleSideEffects },
      preserveEntrySignatures: 'allow-extension',
    },
  },
} satisfies UserConfig;
