import { type FileHandle, readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** What is known of a file from the response that brought it. */
export interface FileFacts {
  /** The final name of the file. */
  readonly name: string;
  /** The server's name of it, where its extension does not match the content. */
  readonly serverName?: string;
  /** The server, without anything secret. */
  readonly source: string;
  readonly contentType?: string;
  readonly length?: number;
  readonly validator?: string;
}

/** A verified beginning of the file, by its length and hash. */
export interface Checkpoint {
  readonly bytes: number;
  readonly sha256: string;
}

const StoredRecord = z.object({
  /** The download to which it belongs. */
  id: z.string(),
  name: z.string(),
  misnomer: z.string().exactOptional(),
  source: z.string(),
  contentType: z.string().exactOptional(),
  length: z.int().nonnegative().exactOptional(),
  validator: z.string().exactOptional(),
  /** Two checkpoints: after a killed process the last one counts, after a power cut the one before it. */
  marks: z.array(z.object({ bytes: z.int().nonnegative(), sha256: z.string() })).max(2),
});

/** What lies beside a partial file, so that any later process can resume it. */
export interface PartialFileRecord extends FileFacts {
  readonly id: string;
  readonly checkpoints: readonly Checkpoint[];
}

/** The whole record is one write within one page: a killed process leaves the old record or the new one. */
const recordBytes = 4096;

export async function writeRecord(file: FileHandle, record: PartialFileRecord): Promise<void> {
  await file.write(bytesOf(record), 0, undefined, 0);
}

/** Rejects where a file of that name exists already. */
export async function createRecord(path: string, record: PartialFileRecord): Promise<void> {
  await writeFile(path, bytesOf(record), { flag: 'wx', mode: 0o600 });
}

function bytesOf({ serverName: misnomer, checkpoints: marks, ...others }: PartialFileRecord): Buffer {
  return Buffer.from(JSON.stringify({ ...others, misnomer, marks }).padEnd(recordBytes));
}

/** Undefined for what is no record, or an incomplete one. */
export async function readRecord(file: string): Promise<PartialFileRecord | undefined> {
  try {
    const { misnomer, marks, ...others } = StoredRecord.parse(JSON.parse(await readFile(file, 'utf8')));
    return { ...others, ...(misnomer === undefined ? {} : { serverName: misnomer }), checkpoints: marks };
  } catch {
    return undefined;
  }
}
