import { downloadMessages, type Message, withCause } from '../messages/index.ts';
import {
  confirmsEnd,
  continues,
  isFramed,
  isMultipart,
  lengthOf,
  type Resumption,
  rangeHeaders,
  rangeOf,
  validatorOf,
} from './content-range.ts';
import { createEffort, type Effort, type Exhaustion, slowBytes, slowMinutes } from './effort.ts';
import { DownloadError, diskFailure, Interruption } from './failure.ts';
import { fileNameOf } from './file-name.ts';
import { createFreeSpace, type FreeSpace } from './free-space.ts';
import { beginsWithChecksums } from './integrity/index.ts';
import { createMemorySweep } from './memory-sweep.ts';
import { createPartialFile, openPartialFile, type PartialFile } from './partial-file.ts';
import type { Checkpoint, FileFacts } from './partial-file-record.ts';
import type { DownloadResponse } from './response.ts';
import { createSource, type Source, type SourceOptions } from './source.ts';

interface TransferOptions extends SourceOptions {
  readonly id: string;
  readonly folder: string;
  readonly fallbackName: string;
  /** Bytes of the disk that stay free. */
  readonly reserve?: number | undefined;
  /** Attempts in a row that may fail without a byte. */
  readonly retries: number;
  /** Milliseconds before the first retry; twice as long for each of the six that follow without progress. */
  readonly backoff: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** Throws the signal's reason. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  progress(bytes: number, total: number | undefined): void;
}

export interface Transferred {
  readonly file: PartialFile;
  readonly facts: FileFacts;
  readonly checkpoint: Checkpoint;
  /** False where nothing confirms that the file ends there: a lost connection would look the same. */
  readonly endConfirmed: boolean;
}

const mostDoublings = 6;

/**
 * Downloads the whole file into its partial file, through lost connections, expired addresses and restarts. On success
 * the partial file is durable and closed; on failure it is closed and stays for a resume.
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
  readonly #space: FreeSpace;
  #file: PartialFile | undefined;
  readonly #effort: Effort;
  /**
   * "claimed": the connection ended there, as a lost one would, and the server can be asked for more; "uncertain": the
   * same, but the server cannot be asked.
   */
  #end: 'pending' | 'claimed' | 'uncertain' | 'confirmed' = 'pending';

  constructor(options: TransferOptions, file: PartialFile | undefined) {
    this.#options = options;
    this.#source = createSource(options);
    this.#space = createFreeSpace(options.folder, options.reserve);
    this.#file = file;
    this.#effort = createEffort({ ...options, received: file?.bytes ?? 0 });
  }

  async finish(): Promise<Transferred> {
    await this.#receiveAll();
    const file = this.#file;
    if (!file?.facts) throw new Error('The download ended without a file.');
    const checkpoint = await file.finish();
    return { file, facts: file.facts, checkpoint, endConfirmed: this.#isWhole() || this.#end === 'confirmed' };
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #receiveAll(): Promise<void> {
    while (!this.#isOver()) {
      try {
        await this.#attempt();
      } catch (error) {
        this.#options.signal.throwIfAborted();
        // A failed query for more must not lose what has been received.
        if (this.#end === 'claimed' && error instanceof DownloadError) return;
        if (!(error instanceof Interruption)) throw diskFailure(error);
        const exhaustion = this.#effort.fail(this.#file?.facts?.length);
        if (exhaustion && this.#end === 'claimed') return;
        if (exhaustion) throw this.#givenUp(error, exhaustion);
        const pause = this.#options.backoff * 2 ** Math.min(this.#effort.failures - 1, mostDoublings);
        await this.#options.wait(Math.max(pause, error.wait), this.#options.signal);
      }
    }
  }

  #isOver(): boolean {
    return this.#isWhole() || this.#end === 'confirmed' || this.#end === 'uncertain';
  }

  #isWhole(): boolean {
    return this.#file?.facts?.length !== undefined && this.#file.bytes === this.#file.facts.length;
  }

  async #attempt(): Promise<void> {
    const resumption = this.#resumption();
    const response = await this.#source.get(resumption ? rangeHeaders(resumption) : {});
    try {
      const file = await this.#fileFor(response);
      if (file) await this.#receive(response, file);
    } finally {
      await response.close();
    }
  }

  #resumption(): Resumption | undefined {
    const { bytes = 0, facts } = this.#file ?? {};
    return bytes > 0 && facts?.validator !== undefined ? { ...facts, bytes, validator: facts.validator } : undefined;
  }

  /** The partial file to which the bytes of this response are appended; undefined where none follow. */
  async #fileFor(response: DownloadResponse): Promise<PartialFile | undefined> {
    const file = this.#file;
    const resumption = this.#resumption();
    if (file && resumption && response.status === 206 && continues(response.headers, resumption)) {
      return this.#continue(response, file);
    }
    if (file && resumption && response.status === 416 && confirmsEnd(response.headers, resumption)) {
      file.setLength(resumption.bytes);
      this.#end = 'confirmed';
      return undefined;
    }
    if (this.#end === 'claimed') {
      this.#end = 'uncertain';
      return undefined;
    }
    if (response.status === 200) return this.#restart(response);
    if (!resumption && isMultipart(response)) throw new DownloadError('not-a-backup', downloadMessages.partsUnasked());
    file?.dropValidator();
    throw new Interruption(downloadMessages.wrongRange());
  }

  async #continue({ headers }: DownloadResponse, file: PartialFile): Promise<PartialFile> {
    const total = rangeOf(headers)?.total;
    if (total !== undefined) file.setLength(total);
    this.#end = 'pending';
    const length = total ?? file.facts?.length;
    if (length !== undefined) await this.#space.check({ length, received: file.bytes });
    return file;
  }

  async #restart(response: DownloadResponse): Promise<PartialFile> {
    const { id, folder } = this.#options;
    const facts = this.#factsOf(response);
    const { length } = facts;
    if (length !== undefined) await this.#space.check({ length, received: 0, replaced: this.#file?.bytes ?? 0 });
    if (this.#file) await this.#file.restart(facts);
    else this.#file = await createPartialFile(folder, id, facts);
    return this.#file;
  }

  #factsOf({ headers, head, url, codings }: DownloadResponse): FileFacts {
    const contentType = headers.get('content-type')?.slice(0, 200);
    const length = lengthOf(headers);
    const validator = validatorOf(headers, beginsWithChecksums(head));
    const name = fileNameOf({
      disposition: headers.get('content-disposition'),
      url: url.href,
      contentType: contentType ?? null,
      head,
      codings,
      fallback: this.#options.fallbackName,
    });
    return {
      ...name,
      source: this.#source.address.slice(0, 1000),
      ...(contentType === undefined ? {} : { contentType }),
      ...(length === undefined ? {} : { length }),
      ...(validator === undefined ? {} : { validator }),
    };
  }

  async #receive(response: DownloadResponse, file: PartialFile): Promise<void> {
    const length = file.facts?.length;
    const range = rangeOf(response.headers);
    const announced = length ?? (range && range.end + 1);
    for (let chunk = await response.read(); chunk; chunk = await response.read()) {
      if (announced !== undefined && file.bytes + chunk.length > announced) {
        file.dropValidator();
        throw new Interruption(downloadMessages.tooLong({ announced }));
      }
      await this.#space.use(chunk.length);
      await file.append(chunk);
      this.#sweep(chunk.length);
      if (!this.#effort.receive(chunk.length, file.bytes)) throw this.#tooSlow();
      this.#options.progress(file.bytes, length);
    }
    if (announced !== undefined && file.bytes < announced) throw new Interruption(downloadMessages.endedEarly());
    if (
      length !== undefined ||
      response.codings.length > 0 ||
      (response.status === 200 && isFramed(response.headers))
    ) {
      this.#end = 'confirmed';
    } else this.#end = this.#resumption() ? 'claimed' : 'uncertain';
  }

  #givenUp(cause: Interruption, exhaustion: Exhaustion): DownloadError {
    const message = exhaustionMessage(exhaustion, this.#received());
    return new DownloadError('interrupted', withCause(message, cause), { cause });
  }

  #tooSlow(): DownloadError {
    const pace = { slowest: slowBytes, minutes: slowMinutes };
    return new DownloadError('interrupted', downloadMessages.tooSlow({ ...this.#received(), ...pace }));
  }

  #received(): Received {
    const { bytes: received = 0, facts } = this.#file ?? {};
    return facts?.length === undefined ? { received } : { received, total: facts.length };
  }
}

interface Received {
  readonly received: number;
  readonly total?: number;
}

function exhaustionMessage({ attempts, ...exhaustion }: Exhaustion, received: Received): Message {
  if (exhaustion.reason === 'repeated') {
    return downloadMessages.repeated({ ...received, attempts, excess: exhaustion.excess });
  }
  if (exhaustion.reason === 'fragments') return downloadMessages.fragments({ ...received, attempts });
  return received.received === 0
    ? downloadMessages.notStarted({ attempts })
    : downloadMessages.stopped({ ...received, attempts });
}
