import { downloadMessages, type Message } from '../../messages/index.ts';
import { damaged } from './damage.ts';
import { isZero, tarBlockBytes } from './tar-header.ts';
import { createTarWalk, headerRemarks } from './tar-walk.ts';

/** Checks a tar archive that is decompressed, as its bytes come. */
export interface TarStream {
  /** Throws "damaged". */
  add(chunk: Buffer): void;
  /** Throws "damaged" where the archive ends too early. */
  end(): Message[];
}

export function createTarStream(): TarStream {
  const block = Buffer.alloc(tarBlockBytes);
  let filled = 0;
  const walk = createTarWalk();
  /** Bytes of the current file's content that are still to come. */
  let remaining = 0;
  /** The text of an extended header as far as it came, and its length. */
  let description = Buffer.alloc(0);
  let described = 0;
  /** Behind the last file; undefined before its end. */
  let bytesBehind: number | undefined;
  let isFollowed = false;
  let files = 0;
  const takeBlock = (chunk: Buffer): number => {
    const taken = chunk.copy(block, filled, 0, tarBlockBytes - filled);
    filled += taken;
    if (filled < tarBlockBytes) return taken;
    filled = 0;
    const step = walk.take(block);
    if (step === undefined) bytesBehind = tarBlockBytes;
    else {
      remaining = step.content;
      described = step.description;
      files += 1;
    }
    return taken;
  };
  const describe = (chunk: Buffer): void => {
    description = Buffer.concat([description, chunk.subarray(0, described - description.length)]);
    if (description.length < described) return;
    walk.describe(description);
    description = Buffer.alloc(0);
    described = 0;
  };
  const takeContent = (chunk: Buffer): number => {
    const taken = Math.min(remaining, chunk.length);
    remaining -= taken;
    if (described > 0) describe(chunk);
    return taken;
  };
  return {
    add(chunk) {
      let at = 0;
      while (at < chunk.length && bytesBehind === undefined) {
        const rest = chunk.subarray(at);
        at += remaining > 0 ? takeContent(rest) : takeBlock(rest);
      }
      if (bytesBehind === undefined) return;
      bytesBehind += chunk.length - at;
      isFollowed ||= !isZero(chunk.subarray(at));
    },
    end() {
      if (remaining > 0 || walk.isWithinMap) throw damaged(downloadMessages.tarEndsEarly());
      return [
        ...(files === 0 ? [downloadMessages.archiveWithoutData({ container: 'tar' })] : []),
        ...headerRemarks(walk),
        ...((bytesBehind ?? 0) < 2 * tarBlockBytes ? [downloadMessages.tarEndMissing()] : []),
        ...(isFollowed ? [downloadMessages.tarTrailingBytes()] : []),
      ];
    },
  };
}
