import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DownloadError } from '../../../../main/engine/download/download.ts';
import { containerOf } from '../../../../main/engine/download/integrity/container.ts';
import { checkIntegrity, type ExpectedFile } from '../../../../main/engine/download/integrity/integrity-check.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { bomb, zip } from '../archives.ts';
import { seeded } from '../file-server.ts';
import { zstd } from './block-archives.ts';

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
    expect(await check(noise, { length: noise.length })).toEqual({
      bytes: noise.length,
      container: 'none',
      remarks: [],
    });
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

describe('what a compressed file contains', () => {
  // Blocks of one: then two blocks of zeros end it, however long the file is.
  const tar = execFileSync('tar', ['-b', '1', '-cf', '-', '-C', import.meta.dirname, 'integrity-check.test.ts']);
  const pack = { gz: gzipSync, zst: zstd };

  it.each(['gz', 'zst'] as const)('is checked in a tar archive that was packed as %s', async (kind) => {
    const name = `backup.tar.${kind}`;
    expect((await check(pack[kind](tar), { name })).remarks).toEqual([]);
    const cut = await failure(pack[kind](tar.subarray(0, 1500)), { name });
    expect(cut).toMatchObject({
      failure: 'damaged',
      message: expect.stringContaining('The tar archive ends too early'),
    });
    const wrong = Buffer.concat([tar.subarray(0, -1024), tar]);
    wrong.writeUInt8(1, tar.length - 1024 + 100);
    expect((await failure(pack[kind](wrong))).message).toContain('a header is invalid');
    expect((await failure(pack[kind](text), { name })).message).toContain('is not a tar archive');
  });

  it.each(['gz', 'zst'] as const)('is not only an error of the server that was packed as %s', async (kind) => {
    for (const response of [
      '{"error":"no"}',
      '{"Success":false,"message":"Expired"}',
      '{"errors":["a"],"meta":{"id":1}}',
    ]) {
      expect((await failure(pack[kind](response))).failure).toBe('not-a-backup');
    }
  });

  it.each([
    ['rows.csv.gz', 'id,name,error\n1,x,none\n', []],
    ['dump.sql.gz', '-- failed logins\ninsert into logins values (1);\n', []],
    ['data.json.gz', '{"customers":[{"id":1}],"errors":["row 5 skipped"]}', []],
    ['data.json.gz', '{"status":410,"rows":[1]}', []],
    ['data.json.gz', '[]', ['download.archiveOfError']],
    ['data.json.gz', '{"success":false,"rows":[1]}', ['download.archiveOfError']],
    ['jobs.json.gz', '[{"id":1,"error":"timeout"},{"id":2,"error":"refused"}]', ['download.archiveOfError']],
    ['backup.gz', '<backup><item><error>0</error></item></backup>', ['download.archiveOfError']],
    ['backup.gz', 'Error: out of memory', ['download.archiveOfError']],
    ['report.html.gz', '<!doctype html><html>Orders</html>', ['download.archiveOfWebPage']],
    ['backup.gz', ' \n', ['download.archiveWithoutData']],
    ['backup.gz', '\0'.repeat(300_000), ['download.archiveOfZeros']],
  ])('is data in %s that reads %j, at most with a remark', async (name, content, codes) => {
    expect((await check(gzipSync(content), { name })).remarks.map(({ code }) => code)).toEqual(codes);
  });

  it('is remarked where it is nothing', async () => {
    expect(await remarksOf(gzipSync(''))).toEqual(['The gzip archive contains no data.']);
    expect(await remarksOf(zstd(''))).toEqual(['The zstd archive contains no data.']);
    expect(await remarksOf(gzipSync(Buffer.alloc(10_240)), 'backup.tar.gz')).toEqual([
      'The tar archive contains no data.',
    ]);
    expect(await remarksOf(zip([{ name: 'customers.sql', content: Buffer.alloc(0) }]))).toEqual([
      'The zip archive contains no data.',
    ]);
  });

  it('is not read past a gzip header whose own checksum is wrong', async () => {
    const packed = gzipSync(text);
    const header = Buffer.concat([packed.subarray(0, 3), Buffer.from([2]), packed.subarray(4, 10)]);
    const sum = Buffer.alloc(2);
    sum.writeUInt16LE(crc32(header) & 0xffff);
    const rest = packed.subarray(10);
    expect((await check(Buffer.concat([header, sum, rest]))).remarks).toEqual([]);
    expect((await failure(Buffer.concat([header, Buffer.from([1, 2]), rest]))).failure).toBe('damaged');
  });
});

it('a file of zeros, however long, is no backup', async () => {
  expect((await failure(Buffer.alloc(300_000))).message).toContain('300 kB of zeros');
  expect((await check(Buffer.concat([Buffer.alloc(300_000), noise]))).remarks).toEqual([]);
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

  it('followed by half a member is rejected', async () => {
    const half = gzipSync(text).subarray(0, 40);
    expect((await failure(Buffer.concat([gzipSync(text), half]))).failure).toBe('damaged');
  });
});

async function remarksOf(content: Buffer, name = 'backup.bin'): Promise<string[]> {
  return (await check(content, { name })).remarks.map((remark) => remark.text);
}

describe('an archive that common tools read is stored with a remark', () => {
  const entry = { name: 'customers.sql', content: text };
  const archive = zip([entry]);

  it.each<[string, Buffer, string]>([
    ['is followed by other bytes', Buffer.concat([archive, Buffer.from('more')]), '4 bytes follow the zip archive.'],
    [
      'has encrypted entries',
      zip([{ name: 'secret', content: noise, encrypted: true, crc: 1 }]),
      '1 entry of the zip archive is encrypted, so the content was not checked.',
    ],
    [
      'uses a compression that cannot be decoded here',
      zip([
        { ...entry, method: 14 },
        { ...entry, method: 12 },
      ]),
      '2 entries of the zip archive use a compression that cannot be checked.',
    ],
    [
      'has an extra field that overruns its length',
      zip([{ ...entry, extra: Buffer.from([0x55, 0x54, 50, 0, 1]) }]),
      'The extra fields of 1 entry of the zip archive are invalid.',
    ],
    [
      'has a folder that claims a size',
      zip([entry, { name: 'folder/', content: Buffer.alloc(0), stored: true, size: 7 }]),
      '1 entry of the zip archive is a folder with a size.',
    ],
    [
      'has a gap between its entries',
      zip([entry, { ...entry, gap: 100 }]),
      '100 bytes of the zip archive belong to no entry.',
    ],
    [
      'has other names in its local headers',
      zip([{ ...entry, localName: 'customers.SQL' }]),
      'The headers of 1 entry of the zip archive differ from its directory.',
    ],
    [
      'declares another number of entries',
      zip([entry, entry], { count: 7 }),
      'The zip archive declares 7 entries and contains 2.',
    ],
    [
      'is gzip padded with zeros',
      Buffer.concat([gzipSync(text), Buffer.alloc(512)]),
      'The gzip archive is padded with 512 zeros.',
    ],
    [
      'is gzip followed by other data',
      Buffer.concat([gzipSync(text), Buffer.from('garbage')]),
      '7 bytes of other data follow the gzip archive.',
    ],
  ])('where it %s', async (_, content, remark) => {
    expect(await remarksOf(content)).toEqual([remark]);
  });

  it('where it follows other bytes and is called .zip', async () => {
    expect(await remarksOf(Buffer.concat([Buffer.alloc(5000, 'x'), archive]), 'backup.zip')).toEqual([
      '5 kB precede the zip archive.',
    ]);
  });

  it.each([
    ['7z', Buffer.from('377abcaf271c0004', 'hex')],
    ['rar', Buffer.from('526172211a0700', 'hex')],
    ['xz', Buffer.from('fd377a585a0000', 'hex')],
    ['bzip2', Buffer.from('BZh91AY&SY')],
  ])('and as %s is recognized by its content', (container, head) => {
    expect(containerOf(head)).toBe(container);
  });
});

describe('a zip archive with more entries than its end record can count', () => {
  const entries = Array.from({ length: 65_537 }, (_, index) => ({
    name: String(index),
    content: Buffer.from(String(index)),
    stored: true,
  }));

  it('is verified to its last entry', async () => {
    const { remarks } = await check(zip(entries, { count: 1 }), { name: 'backup.zip' });
    expect(remarks).toEqual([]);
  });

  it.each([1, 40_000, 65_536])('is rejected where entry %i is damaged', async (damaged) => {
    const wrong = entries.map((entry, index) => (index === damaged ? { ...entry, crc: 1 } : entry));
    expect((await failure(zip(wrong, { count: 1 }))).message).toContain('the checksum of an entry does not match');
  });
});

describe('a tar archive', () => {
  const tar = execFileSync('tar', ['-cf', '-', '-C', import.meta.dirname, 'integrity-check.test.ts']);

  it('is verified to its end marker', async () => {
    expect(await check(tar, { name: 'backup.tar' })).toMatchObject({ container: 'tar', remarks: [] });
  });

  it('whose header is damaged, or which ends early, is rejected', async () => {
    const wrong = Buffer.from(tar);
    wrong.writeUInt8(1, 100);
    expect((await failure(wrong)).message).toContain('a header is invalid');
    expect((await failure(tar.subarray(0, 2000))).message).toContain('ends too early');
  });

  it('without an end marker is stored with a remark', async () => {
    const size = Number.parseInt(tar.toString('latin1', 124, 135), 8);
    expect(await remarksOf(tar.subarray(0, 512 + Math.ceil(size / 512) * 512))).toEqual([
      'The tar archive has no end marker.',
    ]);
  });
});

describe('a zstd archive', () => {
  const compressed = zstd(text);

  it('of several frames, one of them to be skipped, is verified to its end', async () => {
    const skipped = Buffer.from('502a4d180300000001 02 03'.replaceAll(' ', ''), 'hex');
    const archive = Buffer.concat([compressed, skipped, compressed, compressed]);
    expect(await check(archive, { name: 'backup.zst' })).toMatchObject({ container: 'zstd', remarks: [] });
    const changed = archive.length - compressed.length + 12;
    archive.writeUInt8((archive[changed] ?? 0) ^ 0xff, changed);
    expect((await failure(archive)).failure).toBe('damaged');
  });

  it('is verified', async () => {
    expect(await check(compressed, { name: 'backup.zst' })).toMatchObject({ container: 'zstd', remarks: [] });
  });

  it('that was cut or changed is rejected', async () => {
    expect((await failure(compressed.subarray(0, -10))).failure).toBe('damaged');
    const wrong = Buffer.from(compressed);
    wrong.writeUInt8((wrong[12] ?? 0) ^ 0xff, 12);
    expect((await failure(wrong)).failure).toBe('damaged');
  });
});
