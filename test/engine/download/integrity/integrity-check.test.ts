import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DownloadError } from '../../../../main/engine/download/download.ts';
import { checkIntegrity, type ExpectedFile } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { bomb, zip } from '../archives.ts';
import { seeded } from '../file-server.ts';

const text = Buffer.from('insert into customers values (1);\n'.repeat(5000));
const noise = seeded(300_000);

async function check(content: Buffer, expected: Partial<ExpectedFile> = {}, signal = new AbortController().signal) {
  const file = join(await temporaryFolder(), 'partial');
  await writeFile(file, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return checkIntegrity(file, { name: 'backup.bin', sha256, failureWords: [], ...expected }, signal);
}

async function failure(content: Buffer, expected: Partial<ExpectedFile> = {}): Promise<DownloadError> {
  return check(content, expected).then(
    () => expect.unreachable('it was verified'),
    (error) => error,
  );
}

describe('a file', () => {
  it('is verified by its length and hash', async () => {
    expect(await check(noise, { length: noise.length })).toEqual({ bytes: noise.length, container: 'none' });
  });

  it('that is shorter than announced is rejected with both lengths', async () => {
    const error = await failure(noise, { length: 10_000_000 });
    expect(error).toMatchObject({ failure: 'damaged', code: 'provider' });
    expect(error.message).toBe('The file ended after 300 kB of 10 MB. Request the backup again.');
  });

  it('that is longer than announced is rejected', async () => {
    expect((await failure(noise, { length: 1000 })).message).toContain('has 300 kB, but the server announced 1 kB');
  });

  it('that reads back differently than written is rejected', async () => {
    expect((await failure(noise, { sha256: '0'.repeat(64) })).message).toContain('The disk returned different bytes');
  });

  it('that is empty is rejected', async () => {
    const error = await failure(Buffer.alloc(0));
    expect(error.failure).toBe('not-a-backup');
    expect(error.message).toContain('an empty file');
  });

  it.each([
    ['a web page by its type', Buffer.from('Please sign in'), { contentType: 'text/html' }],
    [
      'a web page by its content',
      Buffer.from('\ufeff<!-- hi -->\n<!doctype HTML>'),
      { contentType: 'application/zip' },
    ],
    ['a large web page', Buffer.concat([Buffer.from('<html>'), noise]), {}],
    ['a JSON error', Buffer.from('{"statusCode":500}'), { contentType: 'application/json' }],
  ])('that is %s is rejected', async (_, content, expected) => {
    expect((await failure(content, expected)).failure).toBe('not-a-backup');
  });

  it('that is an archive is one even where the server calls it a web page', async () => {
    expect((await check(gzipSync(text), { contentType: 'text/html' })).container).toBe('gzip');
  });

  it.each(['backup.zip', 'backup.GZ', 'backup.tgz'])('called %s must be an archive', async (name) => {
    expect((await failure(noise, { name })).message).toContain(`The file is called ${name} but is not a`);
  });

  it.each([
    ['backup.zip', gzipSync(text), 'a gzip archive'],
    ['backup.tgz', zip([{ name: 'a', content: text }]), 'a zip archive'],
    ['dump.sql', gzipSync(text), 'a gzip archive'],
  ])('called %s must not be another archive', async (name, content, truth) => {
    expect((await failure(content, { name })).message).toContain(`The file is called ${name} but is ${truth}.`);
  });

  it('is not read further when it is aborted', async () => {
    await expect(check(noise, {}, AbortSignal.abort(new Error('closing')))).rejects.toThrow('closing');
  });
});

describe('a zip archive', () => {
  const entries = [
    { name: 'customers.sql', content: text },
    { name: 'photos\\..\\/1.jpg', content: noise, stored: true },
    { name: 'empty/', content: Buffer.alloc(0), stored: true },
  ];

  it('is verified by every entry, with any names', async () => {
    expect((await check(zip(entries), { name: 'backup.zip' })).container).toBe('zip');
  });

  it('with zip64 sizes is verified', async () => {
    expect((await check(zip(entries.map((entry) => ({ ...entry, large: true }))))).container).toBe('zip');
  });

  it('with encrypted entries is read without decoding them', async () => {
    const encrypted = { name: 'secret', content: noise, encrypted: true, crc: 1 };
    expect((await check(zip([encrypted]))).container).toBe('zip');
  });

  it.each([
    ['compressed', [{ name: 'a', content: text, crc: crc32(text) ^ 1 }]],
    ['stored', [...entries, { name: 'a', content: noise, stored: true, crc: 0 }]],
  ])('whose %s entry has another checksum is rejected', async (_, wrong) => {
    expect((await failure(zip(wrong))).message).toContain('the checksum of an entry does not match');
  });

  it('of which one bit has changed is rejected, wherever it is', async () => {
    const valid = zip([{ name: 'a.sql', content: text }]);
    // Within the compressed bytes of the entry.
    for (let at = 40; at < 30 + 5 + 200; at += 20) {
      const bad = Buffer.from(valid);
      bad.writeUInt8((bad[at] ?? 0) ^ 4, at);
      expect((await failure(bad)).failure).toBe('damaged');
    }
  });

  it('that was cut anywhere is rejected', async () => {
    const valid = zip(entries);
    for (const share of [0.01, 0.3, 0.6, 0.9, 0.99]) {
      const error = await failure(valid.subarray(0, Math.floor(valid.length * share)));
      expect(error.message).toContain('The zip archive is damaged or ends too early');
    }
    expect((await failure(valid.subarray(0, -1))).failure).toBe('damaged');
  });

  it('followed by other bytes is rejected', async () => {
    expect((await failure(Buffer.concat([zip(entries), Buffer.from('more')]))).failure).toBe('damaged');
  });

  it('without entries is rejected', async () => {
    expect((await failure(zip([]), { name: 'backup.zip' })).message).toContain('The zip archive is empty');
  });

  it('that would decompress without end is rejected before it is decoded', async () => {
    const begin = performance.now();
    expect((await failure(bomb(1000))).message).toContain('exceed its size');
    expect(performance.now() - begin).toBeLessThan(4000);
  });
});

describe('a gzip archive', () => {
  it('is verified, of one member or several', async () => {
    expect((await check(gzipSync(text), { name: 'backup.gz' })).container).toBe('gzip');
    expect((await check(Buffer.concat([gzipSync(text), gzipSync(noise)]))).container).toBe('gzip');
  });

  it('that was cut anywhere is rejected', async () => {
    const valid = gzipSync(noise);
    for (const share of [0.0001, 0.5, 0.99]) {
      const error = await failure(valid.subarray(0, Math.floor(valid.length * share)));
      expect(error.message).toContain('The gzip archive ends too early');
    }
    for (const bytes of [1, 4, 8]) expect((await failure(valid.subarray(0, -bytes))).failure).toBe('damaged');
  });

  it('whose checksum or length does not match is rejected', async () => {
    for (const fromEnd of [8, 4]) {
      const bad = gzipSync(text);
      bad.writeUInt8((bad.at(-fromEnd) ?? 0) ^ 1, bad.length - fromEnd);
      expect((await failure(bad)).message).toContain('The gzip archive is damaged');
    }
  });

  it.each([
    ['garbage', Buffer.from('garbage')],
    ['zeros', Buffer.alloc(20)],
    ['half a member', gzipSync(text).subarray(0, 40)],
  ])('followed by %s is rejected', async (_, rest) => {
    expect((await failure(Buffer.concat([gzipSync(text), rest]))).failure).toBe('damaged');
  });
});
