import { statfs } from 'node:fs/promises';
import { byteSize } from './byte-size.ts';
import {
  confirmsEnd,
  continues,
  isFramed,
  lengthOf,
  type Resumption,
  rangeHeaders,
  rangeOf,
  validatorOf,
} from './content-range.ts';
import { DownloadError, diskFailure, Interruption } from './failure.ts';
import { fileNameOf } from './file-name.ts';
import { createMemorySweep } from './memory-sweep.ts';
import { createPartialFile, openPartialFile, type PartialFile } from './partial-file.ts';
import type { Checkpoint, FileFacts } from './partial-file-record.ts';
import type { DownloadResponse } from './response.ts';
import { createSource, type Source, type SourceOptions } from './source.ts';

export interface TransferOptions extends SourceOptions {
  readonly id: string;
  readonly folder: string;
  readonly fallbackName: string;
  /** Attempts in a row that may fail without a byte more than ever before. */
  readonly retries: number;
  /** Milliseconds before the first of them; doubled for each that follows. */
  readonly backoff: number;
  /** Throws the signal's reason. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  progress(bytes: number, total: number | undefined): void;
}

export interface Transferred {
  readonly file: PartialFile;
  readonly facts: FileFacts;
  readonly checkpoint: Checkpoint;
  /** False where nothing told that the file ends there: a connection that broke would have looked the same. */
  readonly endConfirmed: boolean;
}

/**
 * Brings the whole file into its part, through broken connections, expired addresses and restarts of the application.
 * The part is durable and closed when it is given; on failure it is closed and kept.
 */
export async function transfer(options: TransferOptions): Promise<Transferred> {
  const { id, folder, signal } = options;
  const run = new Transfer(options, await openPartialFile(folder, id, signal));
  try {
    return await run.finish();
  } finally {
    await run.close();
  }
}

class Transfer {
  readonly #options: TransferOptions;
  readonly #source: Source;
  readonly #sweep = createMemorySweep();
  #part: PartialFile | undefined;
  /** How far any attempt has come. A server that cannot resume must not be tried for ever. */
  #furthest: number;
  /**
   * Of the file. "claimed": the connection ended there, as one that breaks does, and the server can be asked what follows.
   * "doubtful": so it did, and nobody can be asked.
   */
  #end: 'ahead' | 'claimed' | 'doubtful' | 'certain' = 'ahead';

  constructor(options: TransferOptions, part: PartialFile | undefined) {
    this.#options = options;
    this.#source = createSource(options);
    this.#part = part;
    this.#furthest = part?.bytes ?? 0;
  }

  async finish(): Promise<Transferred> {
    for (let failures = 0; !this.#isOver(); ) {
      const before = this.#furthest;
      try {
        await this.#attempt();
      } catch (error) {
        this.#options.signal.throwIfAborted();
        // Asking what follows is no reason to lose what is here.
        if (this.#end === 'claimed' && error instanceof DownloadError) break;
        if (!(error instanceof Interruption)) throw diskFailure(error);
        failures = this.#furthest > before ? 1 : failures + 1;
        if (failures > this.#options.retries && this.#end === 'claimed') break;
        if (failures > this.#options.retries) throw this.#givenUp(error, failures);
        const pause = Math.max(this.#options.backoff * 2 ** (failures - 1), error.wait);
        await this.#options.wait(pause, this.#options.signal);
      }
    }
    const part = this.#part;
    if (!part?.facts) throw new Error('The download ended without a file.');
    const mark = await part.finish();
    return {
      file: part,
      facts: part.facts,
      checkpoint: mark,
      endConfirmed: this.#isWhole() || this.#end === 'certain',
    };
  }

  async close(): Promise<void> {
    await this.#part?.close();
  }

  #isOver(): boolean {
    return this.#isWhole() || this.#end === 'certain' || this.#end === 'doubtful';
  }

  #isWhole(): boolean {
    return this.#part?.facts?.length !== undefined && this.#part.bytes === this.#part.facts.length;
  }

  async #attempt(): Promise<void> {
    const answer = await this.#source.get(this.#headers());
    try {
      const part = await this.#place(answer);
      if (part) await this.#pump(answer, part);
    } finally {
      await answer.close();
    }
  }

  #headers(): Readonly<Record<string, string>> {
    const here = this.#resumption();
    return here ? rangeHeaders(here) : {};
  }

  #resumption(): Resumption | undefined {
    const { bytes = 0, facts } = this.#part ?? {};
    return bytes > 0 && facts?.validator !== undefined ? { ...facts, bytes, validator: facts.validator } : undefined;
  }

  /** The part that these bytes are to be put behind; undefined where none are to come. */
  async #place(answer: DownloadResponse): Promise<PartialFile | undefined> {
    const part = this.#part;
    const here = this.#resumption();
    if (part && here && answer.status === 206 && continues(answer.headers, here)) return this.#goOn(answer, part);
    if (part && here && answer.status === 416 && confirmsEnd(answer.headers, here)) {
      part.setLength(here.bytes);
      this.#end = 'certain';
      return undefined;
    }
    if (this.#end === 'claimed') {
      this.#end = 'doubtful';
      return undefined;
    }
    if (answer.status === 200) return this.#begin(answer);
    part?.dropValidator();
    throw new Interruption('The server sent another part of the file than it was asked for.');
  }

  async #goOn({ headers }: DownloadResponse, part: PartialFile): Promise<PartialFile> {
    const total = rangeOf(headers)?.total;
    if (total !== undefined) part.setLength(total);
    this.#end = 'ahead';
    await this.#checkRoom(total ?? part.facts?.length, part.bytes);
    return part;
  }

  async #begin(answer: DownloadResponse): Promise<PartialFile> {
    const { id, folder } = this.#options;
    const facts = this.#factsOf(answer);
    await this.#checkRoom(facts.length, 0, this.#part);
    if (this.#part) await this.#part.restart(facts);
    else this.#part = await createPartialFile(folder, id, facts);
    return this.#part;
  }

  #factsOf({ headers, head, url }: DownloadResponse): FileFacts {
    const contentType = headers.get('content-type')?.slice(0, 200);
    const length = lengthOf(headers);
    const validator = validatorOf(headers);
    const named = fileNameOf({
      disposition: headers.get('content-disposition'),
      url: url.href,
      contentType: contentType ?? null,
      head,
      fallback: this.#options.fallbackName,
    });
    return {
      ...named,
      source: this.#source.address.slice(0, 1000),
      ...(contentType === undefined ? {} : { contentType }),
      ...(length === undefined ? {} : { length }),
      ...(validator === undefined ? {} : { validator }),
    };
  }

  /** What is replaced makes room, too. */
  async #checkRoom(length: number | undefined, here: number, replaced?: PartialFile): Promise<void> {
    if (length === undefined) return;
    const { folder } = this.#options;
    const { bavail, bsize } = await statfs(folder).catch((error) => Promise.reject(diskFailure(error)));
    const room = bavail * bsize + (replaced?.bytes ?? 0);
    if (room >= length - here) return;
    throw new DownloadError(
      'disk-full',
      `The backup needs ${byteSize(length - here)}${here > 0 ? ' more' : ''}, but only ${byteSize(room)} are free in ${folder}. Make room and start it again.`,
    );
  }

  async #pump(answer: DownloadResponse, part: PartialFile): Promise<void> {
    const length = part.facts?.length;
    const range = rangeOf(answer.headers);
    const due = length ?? (range && range.end + 1);
    for (let chunk = await answer.read(); chunk; chunk = await answer.read()) {
      if (due !== undefined && part.bytes + chunk.length > due) {
        part.dropValidator();
        throw new Interruption(`The server sent more than the ${byteSize(due)} it had announced.`);
      }
      await part.append(chunk);
      this.#sweep(chunk.length);
      this.#furthest = Math.max(this.#furthest, part.bytes);
      this.#options.progress(part.bytes, length);
    }
    if (due !== undefined && part.bytes < due) throw new Interruption('The connection ended early.');
    if (length !== undefined || (answer.status === 200 && isFramed(answer.headers))) this.#end = 'certain';
    else this.#end = this.#resumption() ? 'claimed' : 'doubtful';
  }

  #givenUp(cause: Interruption, times: number): DownloadError {
    const { bytes = 0, facts } = this.#part ?? {};
    if (bytes === 0) {
      const message = `The download did not begin after ${times} attempts: ${cause.message} Check the network; it can be started again.`;
      return new DownloadError('interrupted', message, { cause });
    }
    const end = facts?.length === undefined ? byteSize(bytes) : `${byteSize(bytes)} of ${byteSize(facts.length)}`;
    const message = `The file ended after ${end}, and ${times} attempts brought no more: ${cause.message} What was fetched is kept; it can be started again.`;
    return new DownloadError('interrupted', message, { cause });
  }
}
