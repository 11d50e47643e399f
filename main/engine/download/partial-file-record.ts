import { type FileHandle, readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What is known of a file, from the answer it came with. */
export interface FileFacts {
  /** The name the file is to have in the end. */
  readonly name: string;
  /** As its server calls it, where that is wrong about what it is. */
  readonly misnomer?: string;
  /** Where it came from, without anything secret. */
  readonly source: string;
  readonly contentType?: string;
  readonly length?: number;
  readonly validator?: string;
}

/** The beginning of a file, by its length and hash. */
export interface Checkpoint {
  readonly bytes: number;
  readonly sha256: string;
}

const PartialFileRecord = z.object({
  /** Which download this is a part of. */
  id: z.string(),
  name: z.string(),
  misnomer: z.string().exactOptional(),
  source: z.string(),
  contentType: z.string().exactOptional(),
  length: z.int().nonnegative().exactOptional(),
  validator: z.string().exactOptional(),
  /** The last outlives a killed process, the one before it a power cut. */
  marks: z.array(z.object({ bytes: z.int().nonnegative(), sha256: z.string() })).max(2),
});
/** What lies beside a part, so that any later process can go on with it. */
export type PartialFileRecord = Readonly<z.infer<typeof PartialFileRecord>>;

/** The whole record is one write within one page: a killed process leaves the old one or the new one. */
const recordBytes = 4096;

export async function writeRecord(file: FileHandle, record: PartialFileRecord): Promise<void> {
  await file.write(Buffer.from(JSON.stringify(record).padEnd(recordBytes)), 0, undefined, 0);
}

/** Undefined for what is no record, or a torn one. */
export async function readRecord(file: string): Promise<PartialFileRecord | undefined> {
  try {
    return PartialFileRecord.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
