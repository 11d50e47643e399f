import type { Transform } from 'node:stream';
import { downloadMessages } from '../messages/index.ts';
import { Interruption } from './failure.ts';

/** What may follow the end of a compressed stream: another one, zeros that pad it, or nothing. */
type Following = 'another' | 'zeros' | 'nothing';

/** Node's decoders, with the count of bytes that they have consumed. */
interface Decoder extends Transform {
  readonly bytesWritten: number;
}

export interface StreamCoding {
  readonly name: string;
  readonly following: Following;
  /** Given the first bytes. */
  create(first: Uint8Array): Decoder;
}

type Chunks = AsyncIterable<Uint8Array>;

/**
 * Decodes all of the bytes, however they are cut into chunks. Node's decoders stop at the end of a stream and silently drop
 * what follows it: here it is decoded as well, or the coding counts as damaged.
 */
export async function* decodeStream(coded: Chunks, coding: StreamCoding): Chunks & AsyncGenerator<Uint8Array, void> {
  const source = coded[Symbol.asyncIterator]();
  try {
    let rest = await nextChunk(source);
    if (!rest) throw damaged(coding);
    while (rest) {
      const decoder = coding.create(rest);
      const feeding = feed(decoder, rest, source);
      // The failure reaches the reader of the decoder.
      feeding.catch((error) => decoder.destroy(error));
      yield* decoder as Chunks;
      const left: Uint8Array | undefined = await feeding;
      if (left === undefined) return;
      if (coding.following !== 'another') return await checkRest(left, source, coding);
      if (left.length === rest.length) throw damaged(coding);
      rest = left;
    }
  } finally {
    // Not waited for: it ends only once the chunk in progress has arrived.
    void source.return?.()?.catch(() => {});
  }
}

/** Writes chunks until the stream ends; gives the bytes after its end, undefined where none follow. */
async function feed(
  decoder: Decoder,
  first: Uint8Array,
  source: AsyncIterator<Uint8Array>,
): Promise<Uint8Array | undefined> {
  let written = 0;
  for (let chunk: Uint8Array | undefined = first; chunk; chunk = await nextChunk(source)) {
    written += chunk.length;
    await write(decoder, chunk);
    const left = written - decoder.bytesWritten;
    if (left > 0) {
      decoder.end();
      return chunk.subarray(Math.max(0, chunk.length - left));
    }
  }
  decoder.end();
  return undefined;
}

function write(decoder: Decoder, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    decoder.once('close', resolve);
    decoder.write(chunk, (error) => {
      decoder.off('close', resolve);
      if (error) reject(error);
      else resolve();
    });
  });
}

async function nextChunk(source: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  for (;;) {
    const { done, value } = await source.next();
    if (done === true) return undefined;
    if (value.length > 0) return value;
  }
}

async function checkRest(left: Uint8Array, source: AsyncIterator<Uint8Array>, coding: StreamCoding): Promise<void> {
  for (let chunk: Uint8Array | undefined = left; chunk; chunk = await nextChunk(source)) {
    if (coding.following === 'nothing' || chunk.some((byte) => byte !== 0)) throw damaged(coding);
  }
}

function damaged({ name }: StreamCoding): Interruption {
  return new Interruption(downloadMessages.codingDamaged({ coding: name }));
}
