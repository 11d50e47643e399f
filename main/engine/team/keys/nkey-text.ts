const keyLength = 32;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The 32 bytes of an nkey, which follow so many bytes that say what kind it is. */
export function decodeNkey(text: string, prefix: number): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  return Buffer.from(bytes.slice(prefix, prefix + keyLength));
}
