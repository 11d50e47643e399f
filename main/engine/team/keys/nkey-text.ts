const keyLength = 32;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The 32 bytes of an nkey, which follow so many bytes that say what kind it is. */
export function decodeNkey(text: string, prefix: number): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  return Buffer.from(bytes.slice(prefix, prefix + keyLength));
}

/** What an nkey begins with: the name of a user, and the seed of one. */
const prefixes = { user: [0xa0], seed: [0x95, 0x00] } as const;

/** The nkey of these 32 bytes: they follow what kind it is, and a checksum follows them. */
export function encodeNkey(kind: keyof typeof prefixes, key: Uint8Array): string {
  const content = [...prefixes[kind], ...key];
  const sum = checksum(content);
  const bits = [...content, sum & 0xff, sum >> 8].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** CRC-16/XMODEM. */
function checksum(bytes: readonly number[]): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum & 0x8000 ? (sum << 1) ^ 0x1021 : sum << 1) & 0xffff;
  }
  return sum;
}
