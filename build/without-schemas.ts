import type { Plugin } from 'vite';

const unused = /^ajv(?:-formats$|\/)/;
const name = '\0ringback:no-schemas';

/** Leaves out the schema validator of `conf`, a seventh of the host's code: zod validates the settings instead. */
export function withoutSchemas(): Plugin {
  return {
    name: 'ringback:without-schemas',
    enforce: 'pre',
    resolveId: (id, importer) => (unused.test(id) && importer?.includes('/node_modules/conf/') ? name : undefined),
    load: (id) =>
      id === name
        ? `export class Ajv2020 { constructor() { throw new Error('Ringback is built without schemas in conf.'); } }
export default { default() {} };`
        : undefined,
  };
}
