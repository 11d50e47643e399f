import { crc32, deflateSync } from 'node:zlib';

/** A PNG image of a box on a plain background; `size` in pixels. */
export function thumbnail(size: number): Buffer {
  const rows = Buffer.concat(Array.from({ length: size }, (_, y) => row(size, y)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits per channel, RGB.
  header.set([8, 2, 0, 0, 0], 8);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    start,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const ground = [236, 240, 244];
const sides = [
  [96, 125, 159],
  [132, 160, 191],
  [174, 196, 219],
];

/** A row of pixels, unfiltered: three rhombs that form a box. */
function row(size: number, y: number): Buffer {
  const line = Buffer.alloc(1 + 3 * size);
  for (let x = 0; x < size; x += 1) line.set(sideAt(x / size - 0.5, y / size - 0.5) ?? ground, 1 + 3 * x);
  return line;
}

function sideAt(x: number, y: number): readonly number[] | undefined {
  const width = 0.32;
  if (Math.abs(x) > width) return undefined;
  const slope = Math.abs(x) / 2;
  if (Math.abs(y + 0.16) < width / 2 - slope) return sides[2];
  const top = -0.16 + width / 2 - slope;
  return y >= top && y < top + 0.34 ? sides[x < 0 ? 0 : 1] : undefined;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
