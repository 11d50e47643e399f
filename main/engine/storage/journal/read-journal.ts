import { readFile } from 'node:fs/promises';
import { RingbackError } from '../../errors.ts';
import { engineMessages } from '../../messages/index.ts';
import { journalPaths } from './paths.ts';
import { decodeRecords, type JournalRecord } from './record.ts';

/** The records beside the event store that come after this one, in their order; none where there is no journal. */
export async function readJournal(file: string, after: number): Promise<JournalRecord[]> {
  const files = await Promise.all(journalPaths(file).map(readIfPresent));
  const records = files.flatMap((bytes) => decodeRecords(bytes)).filter(({ sequence }) => sequence > after);
  return records.sort((one, other) => one.sequence - other.sequence);
}

async function readIfPresent(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    const reason = error instanceof Error ? error.message : String(error);
    throw new RingbackError('internal', engineMessages.eventStoreUnusable({ file: path, reason }), { cause: error });
  }
}
