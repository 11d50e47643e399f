/** CRC-64 of ECMA-182 as xz computes it, of bytes that come in parts. Two halves of 32 bits are faster than a BigInt. */
export class Crc64 {
  #low = 0xffffffff;
  #high = 0xffffffff;

  update(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (lowTable[index] ?? 0);
      high = (high >>> 8) ^ (highTable[index] ?? 0);
    }
    this.#low = low;
    this.#high = high;
  }

  /** The lowest byte first. */
  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(~this.#low >>> 0);
    bytes.writeUInt32LE(~this.#high >>> 0, 4);
    return bytes;
  }
}

const polynomial = 0xc96c5795d7870f42n;
const table = Array.from({ length: 256 }, (_, byte) => {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1n) === 1n ? (crc >> 1n) ^ polynomial : crc >> 1n;
  return crc;
});
const lowTable = Int32Array.from(table, (crc) => Number(BigInt.asIntN(32, crc)));
const highTable = Int32Array.from(table, (crc) => Number(BigInt.asIntN(32, crc >> 32n)));
