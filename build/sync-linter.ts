import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linterOverrides } from './layers.ts';

/** Writes layers.ts to biome.json: `npx node build/sync-linter.ts && npx biome format --write biome.json`. */

interface Override {
  readonly linter?: { readonly rules?: { readonly style?: { readonly noRestrictedImports?: unknown } } };
}

const file = join(import.meta.dirname, '..', 'biome.json');
const configuration = JSON.parse(readFileSync(file, 'utf8')) as { overrides: readonly Override[] };
const others = configuration.overrides.filter(({ linter }) => !linter?.rules?.style?.noRestrictedImports);
const overrides = [...others, ...linterOverrides()];
writeFileSync(file, `${JSON.stringify({ ...configuration, overrides }, null, 2)}\n`);
