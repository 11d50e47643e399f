import { expect, test } from 'vitest';
import { withRequire } from '../../build/node-modules.ts';

const prepared = `import { createRequire as createRequireOfNode } from "node:module";
const requireOfNode = createRequireOfNode(import.meta.url);
`;

test("a chunk's imports of Node's modules become calls of require, in whatever way they name them", () => {
  const code = `#!/usr/bin/env node
import { t as own } from "./own.js";
import module from "node:module";
import path, { dirname, join as together } from "node:path";
import * as http from "node:http";
import fs from "node:fs/promises";
run('import x from "node:fs";');
import late from "node:net";
`;
  expect(withRequire(code)).toBe(`#!/usr/bin/env node
${prepared}import { t as own } from "./own.js";
import module from "node:module";
const path = requireOfNode("node:path"); const { dirname, join: together } = requireOfNode("node:path");
const http = requireOfNode("node:http");
const fs = requireOfNode("node:fs/promises");
run('import x from "node:fs";');
import late from "node:net";
`);
});

test("a chunk without Node's modules stays as it is", () => {
  const code = 'import { t as own } from "./own.js";\nown("import fs from \\"node:fs\\";");\n';
  expect(withRequire(code)).toBe(code);
});
