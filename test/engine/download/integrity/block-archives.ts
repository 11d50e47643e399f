import { constants, zstdCompressSync } from 'node:zlib';

/** Of two streams with padding between them; the first has four blocks. Written by xz 5.4. */
export const xz = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAHbmFtZSxvcmQA38ya0RAolLICACEBFgAAAHQv5aMBAAdlcmVkCktlcwAooSYXJK8GFwIAIQEWAAAAdC/lowEA' +
    'B3RyZWwsMTIKADkg0IUL4hpTAAMgCCAIIAgV2WhWscRn+wIAAAAABFlaAAAAAP03elhaAAAE5ta0RgIAIQEWAAAAdC/lowEAAHgAAAAARa7vg/juFgoAARkB' +
    'pSyBzB+2830BAAAAAARZWg==',
  'base64',
);
export const secondXz = xz.lastIndexOf(Buffer.from('fd377a58', 'hex'));

/** Of two streams; the first has several blocks. Written by bzip2 1.0.8. */
export const bzip2 = Buffer.from(
  'QlpoMTFBWSZTWfFLiycAYaMBADAAIAAwgCkZQlBaoSguYoKyTKayA328+ADDRgIAYABAAGEAUjVCUFlCUFzFBWSZTWfFLiycAYaMBADAAIAAwgCkZQlBaoSg' +
    'uYoKyTKazmx+FDgAAHAIAYABAAGEAmoyNRxdyRThQkKO/9AcQlpoOTFBWSZTWXdLsBQAAAAAgABAIAAhGEaC7kinChIO6XYCgA==',
  'base64',
);
export const secondBzip2 = bzip2.lastIndexOf('BZh9');

/** With a checksum, as the command zstd writes it and its library by default does not. */
export function zstd(content: Buffer | string): Buffer {
  return zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** With one bit changed. */
export function changed(content: Buffer, at: number, bit = 0): Buffer {
  const copy = Buffer.from(content);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << bit), at);
  return copy;
}
