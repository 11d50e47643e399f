import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { DownloadError } from '../../../../main/engine/download/download.ts';
import { checkIntegrity } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { type GeneratedFile, generateFile } from './generated-archives.ts';

const run = promisify(execFile);

type Verdict = 'verified' | 'remark' | 'damaged';
/** What another tool finds: "warning" is a file that it reads completely, with a complaint. */
type Finding = 'good' | 'warning' | 'damaged';

interface Tool {
  readonly name: string;
  readonly files: RegExp;
  judge(path: string): Promise<Finding>;
}

/** The exit code of a program; undefined where it does not end by itself. */
async function exitCode(program: string, parameters: readonly string[]): Promise<number> {
  return run(program, [...parameters]).then(
    () => 0,
    (error: { readonly code?: number }) => error.code ?? -1,
  );
}

/** The test of `python3 -m zipfile -t`, with an exit code for damaged entries, too. */
const python = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    sys.exit(0 if archive.testzip() is None else 3)
`;

const tools: readonly Tool[] = [
  {
    name: 'unzip',
    files: /\.zip$/,
    judge: async (path) => findingOf(await exitCode('unzip', ['-tq', path]), { warning: 1 }),
  },
  {
    name: 'python3',
    files: /\.zip$/,
    judge: async (path) => findingOf(await exitCode('python3', ['-I', '-c', python, path])),
  },
  {
    name: 'gzip',
    files: /\.gz$/,
    judge: async (path) => findingOf(await exitCode('gzip', ['-t', path]), { warning: 2 }),
  },
  {
    name: '7z',
    files: /\.(zip|gz|tar|7z)$/,
    judge: async (path) => findingOf(await exitCode('7z', ['t', '-y', path]), { warning: 1 }),
  },
];

function findingOf(code: number, { warning }: { readonly warning?: number } = {}): Finding {
  if (code === 0) return 'good';
  return code === warning ? 'warning' : 'damaged';
}

const installed = tools.filter(({ name }) => {
  try {
    execFileSync('which', [name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

async function verdictOf({ name, content }: GeneratedFile, path: string): Promise<Verdict> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const expected = { name, sha256, length: content.length, contentType: 'application/octet-stream', failureWords: [] };
  try {
    const { remarks } = await checkIntegrity(path, expected, new AbortController().signal);
    return remarks.length === 0 ? 'verified' : 'remark';
  } catch (error) {
    if (error instanceof DownloadError) return 'damaged';
    throw error;
  }
}

test.skipIf(installed.length === 0)(
  'of 200 generated files none that another tool finds damaged is verified, and none that it reads is damaged',
  { timeout: 300_000 },
  async () => {
    const folder = await temporaryFolder();
    const differences: string[] = [];
    const counts = { verified: 0, remark: 0, damaged: 0 };
    for (let seed = 1; seed <= 200; seed += 1) {
      const file = generateFile(seed);
      const path = join(folder, file.name);
      await writeFile(path, file.content);
      const verdict = await verdictOf(file, path);
      counts[verdict] += 1;
      const judging = installed.filter(({ files }) => files.test(file.name));
      const findings = await Promise.all(judging.map(async (tool) => ({ tool, finding: await tool.judge(path) })));
      for (const { tool, finding } of findings) {
        const isWrong = verdict === 'verified' ? finding !== 'good' : verdict === 'damaged' && finding === 'good';
        if (isWrong) differences.push(`${file.description}: ${verdict}, but ${tool.name} finds it ${finding}`);
      }
    }
    expect(differences).toEqual([]);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(20);
  },
);
