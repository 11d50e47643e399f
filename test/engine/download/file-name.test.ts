import { describe, expect, it } from 'vitest';
import { fileNameOf, numbered } from '../../../main/engine/download/file-name.ts';

const zip = Buffer.from('PK\x03\x04');
const gzip = Buffer.from([0x1f, 0x8b, 8]);
const nothing = Buffer.alloc(0);

function nameOf(
  disposition: string | null,
  more: { url?: string; type?: string; head?: Buffer; fallback?: string } = {},
) {
  const { url = 'https://example.org/', type, head = nothing, fallback = 'autoflex-backup-2024-05-10_031200' } = more;
  return fileNameOf({ disposition, url, contentType: type ?? null, head, fallback }).name;
}

describe('a file name', () => {
  it.each(['constructor', 'toString', '__proto__', 'valueOf; charset=utf-8'])(
    'gets no extension from the content type %s',
    (type) => {
      expect(nameOf(null, { url: 'https://example.org/export', type })).toBe('export.bin');
    },
  );

  it.each([
    ['attachment; filename=backup.zip', 'backup.zip'],
    ['attachment; filename="my backup.zip"', 'my backup.zip'],
    ['attachment; filename=my backup.zip', 'my backup.zip'],
    ['inline;FILENAME="a.zip"', 'a.zip'],
    ['attachment; filename="old.zip"; filename*=UTF-8\'\'%E2%82%AC%20rates.zip', '€ rates.zip'],
    ["attachment; filename*=iso-8859-1'en'%A3.zip; filename=x.zip", '£.zip'],
    ["attachment; filename*=klingon''%A3.zip; filename=x.zip", 'x.zip'],
    [Buffer.from('attachment; filename="garage-überall.zip"').toString('latin1'), 'garage-überall.zip'],
    ['attachment; filename="caf\xe9.zip"', 'café.zip'],
    ['attachment; filename="=?UTF-8?B?R3LDvMOfZS56aXA=?="', 'Grüße.zip'],
    ['attachment; filename="=?iso-8859-1?Q?caf=E9_2.zip?="', 'café 2.zip'],
    ['attachment; filename="=?utf-8?q?one_?= =?utf-8?q?two.zip?="', 'one two.zip'],
    ['attachment; filename="=?klingon?B?R3I=?="', '=_klingon_B_R3I=_=.bin'],
    ['attachment; filename="a.zip, attachment; filename="b.zip"', 'a.zip'],
    ['attachment; filename="unbalanced.zip', 'unbalanced.zip'],
    ['attachment; filename=a.zip, attachment; filename=a.zip', 'a.zip'],
    ['filename="alone.zip"', 'alone.zip'],
    [
      'attachment; filename*0*=UTF-8\'\'%C3%9Cbersicht; filename*1=" of "; filename*2*=%e2%82%ac.zip',
      'Übersicht of €.zip',
    ],
    [
      'attachment; filename*0="dealer-2026"; filename*1="-11-29.tar.gz"; filename="short.gz"',
      'dealer-2026-11-29.tar.gz',
    ],
    ["attachment; filename*1*=two.zip; filename*0*=''one-%C3", 'one-Ãtwo.zip'],
    ["attachment; filename*0*=iso-8859-1'en'%A3; filename*1*=%A3.zip", '££.zip'],
    ["attachment; filename*0*=x; filename*=UTF-8''whole.zip", 'whole.zip'],
    ['attachment; filename*1="b.zip"; filename="first-part-is-missing.zip"', 'first-part-is-missing.zip'],
    ["attachment; filename*0*=UTF-8''%2e%2e%2f; filename*1*=%2e%2e%2fpasswd.zip", 'passwd.zip'],
  ])('comes from %s', (header, name) => {
    expect(nameOf(header)).toBe(name);
  });

  it.each([
    ['../../etc/passwd.zip', 'passwd.zip'],
    ['..\\\\..\\\\autoexec.zip', 'autoexec.zip'],
    ['C:\\\\Backups\\\\db.zip', 'db.zip'],
    ['/etc/cron.d/', 'cron.d'],
    ['C:db.zip', 'C_db.zip'],
    ['a:b*c?d<e>f|g.zip', 'a_b_c_d_e_f_g.zip'],
    ['.bashrc', 'bashrc.bin'],
    ['...hidden.zip', 'hidden.zip'],
    ['backup.zip. . .', 'backup.zip'],
    ['  spaced.zip  ', 'spaced.zip'],
    ['con.zip', '_con.zip'],
    ['NUL', '_NUL.bin'],
    ['Lpt1.tar.gz', '_Lpt1.tar.gz'],
    ['com¹.zip', '_com¹.zip'],
    ['aux .zip', '_aux.zip'],
    ['CONOUT$', '_CONOUT$.bin'],
    ['console.zip', 'console.zip'],
    ['a\u0000b\u001fc\u007f.zip', 'abc.zip'],
    ['line\u2028break.zip', 'linebreak.zip'],
    ['evil\u202epiz.exe', 'evilpiz.exe'],
    ['lone\ud800.zip', 'lone.zip'],
    ['e\u0301.zip', 'é.zip'],
    ['backup.zip.part', 'backup.zip.part.bin'],
    ['x.ringback.json', 'x.ringback.json.bin'],
    ['..', 'autoflex-backup-2024-05-10_031200.bin'],
    ['. . /', 'autoflex-backup-2024-05-10_031200.bin'],
    ['', 'autoflex-backup-2024-05-10_031200.bin'],
    ['\u200b', 'autoflex-backup-2024-05-10_031200.bin'],
  ])('never is %j as it stands', (given, name) => {
    expect(nameOf(`attachment; filename="${given}"`)).toBe(name);
  });

  it.each([
    ['https://example.org/files/db%20one.zip?secret=x', 'db one.zip'],
    ['https://example.org/files/', 'files.bin'],
    ['https://example.org/a%2F..%2Fb.zip', 'b.zip'],
    ['https://example.org/%E0%A4%A.zip', '%E0%A4%A.zip'],
    ['https://example.org/', 'autoflex-backup-2024-05-10_031200.bin'],
    ['https://example.org/f/550e8400-e29b-41d4-a716-446655440000', 'autoflex-backup-2024-05-10_031200.bin'],
    ['https://example.org/f/0123456789abcdef0123456789abcdef.zip', 'autoflex-backup-2024-05-10_031200.bin'],
    ['https://example.org/f/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0', 'autoflex-backup-2024-05-10_031200.bin'],
    ['https://example.org/f/Autoflex-Backup-2026-01-31_031207.zip', 'Autoflex-Backup-2026-01-31_031207.zip'],
  ])('else comes from %s', (url, name) => {
    expect(nameOf(null, { url })).toBe(name);
  });

  it.each([
    ['its Content-Type', { type: 'application/zip; charset=binary' }, 'dealer.zip'],
    ['the bytes of an archive before its Content-Type', { type: 'application/x-gzip', head: zip }, 'dealer.zip'],
    ['the bytes of a zip archive', { type: 'application/octet-stream', head: zip }, 'dealer.zip'],
    ['the bytes of a gzip archive', { head: gzip }, 'dealer.gz'],
    ['nothing that is known', { type: 'application/octet-stream' }, 'dealer.bin'],
  ])('without extension gets one from %s', (_, more, name) => {
    expect(nameOf('attachment; filename=dealer', more)).toBe(name);
  });

  it.each([
    ['backup.zip', gzip, 'backup.zip.gz'],
    ['backup.gz', zip, 'backup.gz.zip'],
    ['dump.sql', gzip, 'dump.sql.gz'],
    ['dump.tar', gzip, 'dump.tar.gz'],
    ['backup.ZIP', zip, undefined],
    ['backup.tgz', gzip, undefined],
    ['office.odt', zip, undefined],
    ['export.servoy', gzip, undefined],
    ['backup.zip', Buffer.from('neither'), undefined],
  ])('%s is extended where its content is of another kind', (given, head, truth) => {
    const disposition = `attachment; filename=${given}`;
    const named = fileNameOf({ disposition, url: 'https://example.org/', contentType: null, head, fallback: '' });
    expect(named).toEqual(truth === undefined ? { name: given } : { name: truth, serverName: given });
  });

  it('keeps its extension, and does not take a date for one', () => {
    expect(nameOf('attachment; filename=dealer.bak', { type: 'application/zip' })).toBe('dealer.bak');
    expect(nameOf('attachment; filename=dealer.001', { head: zip })).toBe('dealer.001');
    expect(nameOf('attachment; filename=dealer-2024.05', { head: zip })).toBe('dealer-2024.05.zip');
  });

  it('is cut to 150 characters and 220 bytes, without losing its extension or half a character', () => {
    const long = nameOf(`attachment; filename="${'a'.repeat(300)}.tar.gz"`);
    expect(long).toBe(`${'a'.repeat(143)}.tar.gz`);
    for (const character of ['ä', '€', '𝄞']) {
      const name = nameOf(`attachment; filename*=UTF-8''${encodeURIComponent(character.repeat(300))}.zip`);
      expect([...name].length).toBeLessThanOrEqual(150);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(220);
      expect(name).toMatch(new RegExp(`^(${character})+\\.zip$`, 'u'));
    }
  });

  it.each([
    ['backup.zip.ringback.json.gz', 'backup.zip.ringback.json.bin'],
    ['backup.zip.ringback.json.new.gz', 'backup.zip.ringback.json.new.bin'],
    ['backup.zip.part.gz', 'backup.zip.part.bin'],
    ['backup.sql.part.JSON.GZ', 'backup.sql.part.JSON.bin'],
    ['owner. .gz', 'owner'],
    ['dump.sql.tar.gz.gz', 'dump.sql.tar.gz'],
    ['.gz', 'gz.bin'],
  ])('from which the extension of a coding is removed is none of our own: %s', (name, plain) => {
    const facts = { url: 'https://example.org/', contentType: null, head: nothing, fallback: 'backup' };
    expect(fileNameOf({ ...facts, disposition: `attachment; filename="${name}"`, codings: ['gzip'] }).name).toBe(plain);
  });

  it('is numbered before its extension', () => {
    expect(numbered('backup.zip', 2)).toBe('backup (2).zip');
    expect(numbered('backup.tar.gz', 3)).toBe('backup (3).tar.gz');
    expect(numbered('backup', 2)).toBe('backup (2)');
  });
});
