import { close, constants, fdatasync, open, writev } from 'node:fs';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A file of a fixed size, so that a write changes nothing but its bytes. */
export interface JournalFile {
  /** Calls back once the blocks are on disk one after another; with an error where not all of them are. */
  write(blocks: readonly Uint8Array[], position: number, done: (error: Error | null) => void): void;
  close(): Promise<void>;
}

const fillBlock = 1024 * 1024;
/** On Linux a write can be synced in the same step. */
const syncsWrites = process.platform === 'linux';

/** Makes the file, or empties it. */
export async function openJournalFile(path: string, size: number): Promise<JournalFile> {
  await fill(path, size);
  // By its descriptor: a FileHandle would create promises for every group of deliveries.
  const descriptor = await promisify(open)(path, constants.O_RDWR | (syncsWrites ? constants.O_DSYNC : 0));
  return {
    write(blocks, position, done) {
      const length = blocks.reduce((sum, block) => sum + block.length, 0);
      writev(descriptor, blocks, position, (error, written) => {
        if (error) done(error);
        else if (written < length) done(partly());
        else if (syncsWrites) done(null);
        else fdatasync(descriptor, done);
      });
    },
    close: () => promisify(close)(descriptor),
  };
}

const partly = (): Error => new Error('The disk took a part only.');

async function fill(path: string, size: number): Promise<void> {
  const file = await openFile(path, 'w', 0o600);
  try {
    const zeros = Buffer.alloc(fillBlock);
    for (let position = 0; position < size; position += fillBlock) {
      await writeAll(file, zeros.subarray(0, size - position), position);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  const { bytesWritten } = await file.write(bytes, 0, bytes.length, position);
  if (bytesWritten < bytes.length) throw partly();
}
