import { expect, test } from 'vitest';
import { unitTestsOf } from '../../build/unit-tests.ts';

const files: Readonly<Record<string, string>> = {
  'test/a/pure.test.ts': "import { join } from 'node:path';\nimport { sum } from '../../main/engine/sum.ts';",
  'test/a/types.test.ts': "import type { Server } from 'node:http';\nimport { sum } from '../../main/engine/sum.ts';",
  'test/a/server.test.ts': "import { join } from 'node:path';\nimport { createServer } from 'node:http';",
  'test/a/long.test.ts': "import {\n  spawn,\n  spawnSync,\n} from 'node:child_process';",
  'test/a/effect.test.ts': "import 'express';",
  'test/a/store.test.ts': "import { openLedger } from '../../main/engine/storage/index.ts';",
  'test/a/host.test.ts': "import { openHost } from '../support/host.ts';",
  'test/support/host.ts': "export { openDeeper as openHost } from './deeper.ts';",
  'test/support/deeper.ts': "import { startSandbox } from '../../main/sandbox/index.ts';\nimport './host.ts';",
};

test('a unit test imports nothing that listens, starts a process or opens the event store, not even through test support', () => {
  const tests = Object.keys(files).filter((file) => file.endsWith('.test.ts'));
  expect(unitTestsOf(tests, (file) => files[file] ?? '')).toEqual(['test/a/pure.test.ts', 'test/a/types.test.ts']);
});
