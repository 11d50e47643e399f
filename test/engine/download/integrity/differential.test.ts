import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { DownloadError } from '../../../../main/engine/download/download.ts';
import { checkIntegrity } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { extent } from '../../../endurance/extent.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

import { type Compressor, type GeneratedFile, generateCompressed, generateFile } from './generated-archives.ts';

const run = promisify(execFile);

type Verdict = 'verified' | 'remark' | 'damaged';
/** What another tool finds: "warning" is a file that it reads completely, with a complaint. */
type Finding = 'good' | 'warning' | 'damaged';

interface Tool {
  readonly name: string;
  readonly files: RegExp;
  /** The exit code with which it complains about a file that it reads. */
  readonly warning?: number;
  /** Judges all files in one process, and prints an exit code for each in a line. */
  readonly command: readonly [string, ...string[]];
}

/** A new process for each file takes a shell a fraction of what it takes Node. */
const each = (test: string): Tool['command'] => [
  'sh',
  '-c',
  `for file do ${test} "$file" >/dev/null 2>&1 </dev/null; echo $?; done`,
  'sh',
];

/** The test of `python3 -m zipfile -t`, with an exit code for damaged entries, too. */
const python = `
import sys, zipfile
for name in sys.argv[1:]:
    try:
        with zipfile.ZipFile(name) as archive:
            print(0 if archive.testzip() is None else 3)
    except Exception:
        print(1)
`;

const tools: readonly Tool[] = [
  { name: 'unzip', files: /\.zip$/, warning: 1, command: each('unzip -tq') },
  { name: 'python3', files: /\.zip$/, command: ['python3', '-I', '-c', python] },
  { name: 'gzip', files: /\.gz$/, warning: 2, command: each('gzip -t') },
  { name: 'xz', files: /\.xz$/, warning: 2, command: each('xz -t') },
  { name: 'bzip2', files: /\.bz2$/, command: each('bzip2 -t') },
  { name: 'zstd', files: /\.zst$/, command: each('zstd -qt') },
  { name: 'tar', files: /\.tar$/, command: each('tar -tf') },
  { name: '7z', files: /\.(zip|gz|tar|7z)$/, warning: 1, command: each('7z t -y') },
];

async function judge({ command: [program, ...parameters], warning }: Tool, paths: readonly string[]) {
  const { stdout } = await run(program, [...parameters, ...paths]);
  const codes = stdout.trim().split('\n').map(Number);
  expect(codes).toHaveLength(paths.length);
  return codes.map((code) => findingOf(code, warning));
}

function findingOf(code: number, warning: number | undefined): Finding {
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

/** What Ringback finds in each file, and where that contradicts another tool. */
async function compare(files: readonly GeneratedFile[]) {
  const folder = await temporaryFolder();
  const differences: string[] = [];
  const counts = { verified: 0, remark: 0, damaged: 0 };
  const judged: { readonly file: GeneratedFile; readonly path: string; readonly verdict: Verdict }[] = [];
  for (const [index, file] of files.entries()) {
    const path = join(folder, `${index}-${file.name}`);
    await writeFile(path, file.content);
    const verdict = await verdictOf(file, path);
    counts[verdict] += 1;
    judged.push({ file, path, verdict });
  }
  for (const tool of installed) {
    const chosen = judged.filter(({ path }) => tool.files.test(path));
    if (chosen.length === 0) continue;
    const findings = await judge(
      tool,
      chosen.map(({ path }) => path),
    );
    for (const [index, { file, verdict }] of chosen.entries()) {
      const finding = findings[index];
      const isWrong = verdict === 'verified' ? finding !== 'good' : verdict === 'damaged' && finding === 'good';
      if (isWrong) differences.push(`${file.description}: ${verdict}, but ${tool.name} finds it ${finding}`);
    }
  }
  return { differences, counts };
}

const amounts = extent({ full: { generated: 200, compressed: 25 }, short: { generated: 60, compressed: 10 } });
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test.skipIf(installed.length === 0)(
  `of ${amounts.generated} generated files none that another tool finds damaged is verified, and none that it reads is damaged`,
  { timeout: 300_000 },
  async () => {
    const { differences, counts } = await compare(seeds(amounts.generated).map(generateFile));
    expect(differences).toEqual([]);
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(amounts.generated / 10);
  },
);

for (const program of ['xz', 'bzip2', 'zstd'] satisfies Compressor[]) {
  test.skipIf(!installed.some(({ name }) => name === program))(
    `nor does one of ${amounts.compressed} files that ${program} has written, as they are, odd or damaged`,
    { timeout: 300_000 },
    async () => {
      const { differences, counts } = await compare(
        seeds(amounts.compressed).map((seed) => generateCompressed(program, seed)),
      );
      expect(differences).toEqual([]);
      for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
    },
  );
}
