import type { ByteInput } from './byte-input.ts';
import { damage } from './fault.ts';
import { LzmaDecoder, lzmaProperties } from './lzma-decoder.ts';
import type { LzmaWindow } from './lzma-window.ts';

/** What the next chunk must bring, because nothing earlier applies. */
interface Needed {
  readonly dictionary: boolean;
  readonly properties: boolean;
}

/** Decodes LZMA2 data, which are chunks of LZMA data or of uncompressed bytes, to their end mark. */
export function decodeLzma2(input: ByteInput, window: LzmaWindow): void {
  const decoder = new LzmaDecoder(input, window);
  let needed: Needed = { dictionary: true, properties: true };
  for (let control = input.next(); control !== 0; control = input.next()) {
    const resetsDictionary = control === 1 || control >= 0xe0;
    if (needed.dictionary && !resetsDictionary) throw damage('missing dictionary reset');
    if (resetsDictionary) {
      window.reset();
      needed = { dictionary: false, properties: true };
    }
    if (control >= 0x80) {
      decodeChunk(control, input, decoder, needed, window);
      needed = { dictionary: false, properties: false };
    } else if (control <= 2) copyChunk(input, window);
    else throw damage('invalid chunk type');
    window.flush();
  }
}

function decodeChunk(
  control: number,
  input: ByteInput,
  decoder: LzmaDecoder,
  needed: Needed,
  window: LzmaWindow,
): void {
  const unpacked = ((control & 0x1f) << 16) + 256 * input.next() + input.next() + 1;
  const packed = 256 * input.next() + input.next() + 1;
  if (control >= 0xc0) {
    const properties = lzmaProperties(input.next());
    if (!properties || properties.lc + properties.lp > 4) throw damage('invalid properties');
    decoder.setProperties(properties);
  } else if (needed.properties) throw damage('invalid properties');
  if (control >= 0xa0) decoder.resetState();
  const end = input.position + packed;
  decoder.start();
  const isMarked = decoder.decode(window.total + unpacked);
  if (isMarked || !decoder.isFinished || input.position !== end) throw damage('incorrect chunk length');
}

function copyChunk(input: ByteInput, window: LzmaWindow): void {
  const length = 256 * input.next() + input.next() + 1;
  for (let index = 0; index < length; index += 1) window.put(input.next());
}
