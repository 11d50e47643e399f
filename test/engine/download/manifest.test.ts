import { createHash } from 'node:crypto';
import { linkSync } from 'node:fs';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { finalizeFile } from '../../../main/engine/download/finalize.ts';
import {
  type BackupFile,
  listBackups,
  manifestPath,
  readBackup,
  verifyBackup,
} from '../../../main/engine/download/manifest.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { options } from './requests.ts';

const content = Buffer.from('the backup');
const signal = new AbortController().signal;
const later = () => Date.UTC(2031, 0, 2);

async function backup(folder: string, name = 'a.bin', finishedAt = '2024-05-10T03:12:00.000Z'): Promise<BackupFile> {
  const part = join(folder, `${name}.part`);
  await writeFile(part, content);
  const facts = {
    format: 'ringback-backup-1' as const,
    id: name,
    account: 'Garage',
    source: 'https://example.org/file',
    finishedAt,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    container: 'none' as const,
    verifiedAt: [finishedAt],
  };
  return finalizeFile(part, name, folder, facts, options().syncFolder);
}

describe('verifying a backup', () => {
  it('years later finds it unchanged, and records when', async () => {
    const { file } = await backup(await temporaryFolder());
    expect(await verifyBackup(file, later, signal)).toMatchObject({ state: 'good', backup: { file } });
    expect((await readBackup(file))?.verifiedAt).toEqual(['2024-05-10T03:12:00.000Z', '2031-01-02T00:00:00.000Z']);
  });

  it('remembers the last 52 times', async () => {
    const { file } = await backup(await temporaryFolder());
    for (let week = 0; week < 60; week += 1) await verifyBackup(file, () => later() + week, signal);
    const times = (await readBackup(file))?.verifiedAt;
    expect(times).toHaveLength(52);
    expect(times?.at(-1)).toBe('2031-01-02T00:00:00.059Z');
  });

  it.each([
    [
      'has grown',
      (file: string) => appendFile(file, '!'),
      /^The file has 11 bytes instead of the 10 bytes that were verified/,
    ],
    ['has changed', (file: string) => writeFile(file, 'the bAckup'), /changed since it was verified on May 10, 2024/],
  ])('that %s calls it altered', async (_, alter, reason) => {
    const { file } = await backup(await temporaryFolder());
    await alter(file);
    expect(await verifyBackup(file, later, signal)).toEqual({
      state: 'altered',
      reason: expect.objectContaining({ text: expect.stringMatching(reason) }),
    });
    expect((await readBackup(file))?.verifiedAt).toHaveLength(1);
  });

  it.each([
    ['the file is gone', (file: string) => rm(file), 'a.bin is no longer in its folder.'],
    ['the manifest is gone', (file: string) => rm(manifestPath(file)), 'a.bin has no manifest'],
    ['the manifest is incomplete', (file: string) => writeFile(manifestPath(file), '{"form'), 'a.bin has no manifest'],
  ])('calls it missing where %s', async (_, remove, reason) => {
    const { file } = await backup(await temporaryFolder());
    await remove(file);
    expect(await verifyBackup(file, later, signal)).toEqual({
      state: 'missing',
      reason: expect.objectContaining({ text: expect.stringContaining(reason) }),
    });
  });

  it('stops when it is aborted', async () => {
    const { file } = await backup(await temporaryFolder());
    await expect(verifyBackup(file, later, AbortSignal.abort(new Error('closing')))).rejects.toThrow('closing');
  });
});

describe('finalizing a file', () => {
  it('takes the first name that is free of files and manifests', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.bin'), 'mine');
    await writeFile(join(folder, 'a (2).bin.ringback.json'), 'whose?');
    expect((await backup(folder)).file).toBe(join(folder, 'a (3).bin'));
    expect(await readFile(join(folder, 'a.bin'), 'utf8')).toBe('mine');
    expect(await readFile(join(folder, 'a (2).bin.ringback.json'), 'utf8')).toBe('whose?');
    expect(await readdir(folder)).not.toContain('a.bin.part');
  });

  it('works where the file system allows no hard link', async (context) => {
    const folder = await temporaryFolder();
    const part = join(folder, 'a.bin.part');
    await writeFile(part, content);
    exhaustLinks(context, part, folder);
    await writeFile(join(folder, 'a.bin'), 'mine');
    expect((await backup(folder)).file).toBe(join(folder, 'a (2).bin'));
    expect(await readFile(join(folder, 'a (2).bin'), 'utf8')).toBe(content.toString());
    expect(await readFile(join(folder, 'a.bin'), 'utf8')).toBe('mine');
  });

  it('at the same moment as others gives each its own name', async () => {
    const folder = await temporaryFolder();
    const finalized = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const part = join(folder, `${index}.part`);
        await writeFile(part, `content ${index}`);
        const named = await finalizeFile(part, 'same.tar.gz', folder, await facts(folder, index), options().syncFolder);
        return { index, file: named.file };
      }),
    );
    expect(new Set(finalized.map(({ file }) => file)).size).toBe(20);
    for (const { index, file } of finalized) expect(await readFile(file, 'utf8')).toBe(`content ${index}`);
  });
});

/** Uses up every link that ext4 allows a file (65,000). */
function exhaustLinks(context: TestContext, file: string, folder: string): void {
  try {
    for (let count = 0; count < 66_000; count += 1) linkSync(file, join(folder, `${count}.link`));
  } catch {
    return;
  }
  context.skip('this file system knows no limit of links');
}

async function facts(folder: string, index: number): Promise<Omit<BackupFile, 'file'>> {
  const { file: _, ...rest } = await backup(folder, `seed-${index}.bin`);
  return { ...rest, id: String(index) };
}

describe('the folder', () => {
  it('tells its backups, newest first, past whatever else lies in it', async () => {
    const folder = await temporaryFolder();
    await backup(folder, 'old.bin', '2023-01-01T00:00:00.000Z');
    await backup(folder, 'new.bin', '2024-01-01T00:00:00.000Z');
    await writeFile(join(folder, 'b.ringback.json'), '[]');
    await writeFile(join(folder, 'c'), '');
    expect((await listBackups(folder)).map(({ file }) => file)).toEqual([
      join(folder, 'new.bin'),
      join(folder, 'old.bin'),
    ]);
  });

  it('that is missing is reported', async () => {
    await expect(listBackups('/nowhere/at/all')).rejects.toThrow('The backup folder no longer exists');
  });
});
