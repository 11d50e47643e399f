import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { diskFailure } from './failure.ts';
import { numbered } from './file-name.ts';
import type { Mark, Order, PartFacts, PartRecord, Report, Setup } from './part-thread.ts';

export type { Mark, PartFacts } from './part-thread.ts';

/** A file on its way in: "<name>.part" with "<name>.part.json" beside it, from which any later process goes on. */
export interface PartFile {
  readonly path: string;
  /** Undefined where nothing is known that could be gone on from. */
  readonly facts: PartFacts | undefined;
  /** How much of the file has been taken. */
  readonly bytes: number;
  /** Starts over with another file. */
  begin(facts: PartFacts): void;
  /** What is here may not be of the file that the server has now: the next request is for the whole. */
  distrust(): void;
  /** Takes the bytes; waits where the disk is behind. The caller may reuse the chunk afterwards. */
  append(chunk: Uint8Array): Promise<void>;
  /** Makes it durable. */
  finish(): Promise<Mark>;
  /** Keeps it for another time. */
  close(): Promise<void>;
}

/**
 * At most this much is taken and not yet on disk: with what the connection hands over in one piece it is below 1 MiB,
 * which is what a killed process may have to fetch again.
 */
const slots = 3;
const slotBytes = 256 * 1024;

const partEnding = '.part';
const recordEnding = '.part.json';

const Record = z.object({
  id: z.string(),
  name: z.string().optional(),
  source: z.string().optional(),
  contentType: z.string().optional(),
  length: z.int().nonnegative().optional(),
  validator: z.string().optional(),
  marks: z.array(z.object({ bytes: z.int().nonnegative(), sha256: z.string() })).max(2),
});

/** The part an earlier attempt at this download left; reads it once through, to know how much of it is good. */
export async function openPart(folder: string, id: string, signal: AbortSignal): Promise<PartFile | undefined> {
  const place = await findPart(folder, id);
  return place && startPart(place, signal);
}

/** A new part under the first free name. */
export async function createPart(folder: string, id: string, facts: PartFacts, signal: AbortSignal): Promise<PartFile> {
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? facts.name : numbered(facts.name, number));
    if ((await exists(path)) || !(await reserve(path + partEnding))) continue;
    const found: PartRecord = { id, marks: [] };
    const record = path + recordEnding;
    await (await open(record, 'w', 0o600).catch(rethrow)).close();
    const part = await startPart({ path: path + partEnding, record, found }, signal);
    part.begin(facts);
    return part;
  }
}

/** Removes what an earlier attempt at this download left. */
export async function removePart(folder: string, id: string): Promise<void> {
  for (let place = await findPart(folder, id); place; place = await findPart(folder, id)) {
    await rm(place.path, { force: true });
    await rm(place.record, { force: true });
  }
}

interface Place {
  readonly path: string;
  readonly record: string;
  readonly found: PartRecord;
}

async function findPart(folder: string, id: string): Promise<Place | undefined> {
  const names = await readdir(folder).catch(rethrow);
  for (const name of names.filter((one) => one.endsWith(recordEnding))) {
    const record = join(folder, name);
    const path = record.slice(0, -recordEnding.length) + partEnding;
    const found = await readRecord(record);
    if (found?.id === id) {
      if (await exists(path)) return { path, record, found };
      await rm(record, { force: true });
    }
  }
  return undefined;
}

async function readRecord(file: string): Promise<PartRecord | undefined> {
  try {
    return Record.parse(JSON.parse(await readFile(file, 'utf8'))) as PartRecord;
  } catch {
    return undefined;
  }
}

async function startPart(place: Place, signal: AbortSignal): Promise<PartFile> {
  const memory = new SharedArrayBuffer(slots * slotBytes);
  const part = new ThreadedPart(place, memory);
  try {
    await part.ready(signal);
    return part;
  } catch (error) {
    await part.kill();
    throw error;
  }
}

class ThreadedPart implements PartFile {
  readonly path: string;
  readonly #worker: Worker;
  readonly #gone: Promise<void>;
  readonly #slots: readonly Uint8Array[];
  #facts: PartFacts | undefined;
  #bytes = 0;
  /** The slot being filled, how far it is, and how many full ones the thread has not written yet. */
  #slot = 0;
  #filled = 0;
  #underway = 0;
  #failure: unknown;
  #mark: Mark | undefined;
  #isReady = false;
  #wake: (() => void) | undefined;

  constructor({ path, record, found }: Place, memory: SharedArrayBuffer) {
    this.path = path;
    const { id: _, marks: __, ...facts } = found;
    this.#facts = isComplete(facts) ? facts : undefined;
    this.#slots = Array.from({ length: slots }, (___, index) => new Uint8Array(memory, index * slotBytes, slotBytes));
    const setup: Setup = { part: path, record, found, memory, slot: slotBytes };
    this.#worker = startThread(setup);
    this.#gone = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('message', (report: Report) => this.#hear(report));
    this.#worker.on('error', (error) => this.#fail(error));
    void this.#gone.then(() => this.#fail(new Error('The thread that writes the file has ended.')));
  }

  get facts(): PartFacts | undefined {
    return this.#facts;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async ready(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#fail(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      await this.#until(() => this.#isReady);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  begin(facts: PartFacts): void {
    this.#facts = facts;
    this.#bytes = 0;
    this.#filled = 0;
    this.#order({ type: 'begin', facts });
  }

  distrust(): void {
    if (!this.#facts) return;
    const { validator: _, ...facts } = this.#facts;
    this.#facts = facts;
  }

  async append(chunk: Uint8Array): Promise<void> {
    for (let rest = chunk; rest.length > 0; ) {
      if (this.#underway === slots) await this.#until(() => this.#underway < slots);
      if (this.#failure !== undefined) throw this.#failure;
      const piece = rest.subarray(0, slotBytes - this.#filled);
      this.#slots[this.#slot]?.set(piece, this.#filled);
      this.#filled += piece.length;
      this.#bytes += piece.length;
      if (this.#filled === slotBytes) this.#send();
      rest = rest.subarray(piece.length);
    }
  }

  async finish(): Promise<Mark> {
    this.#send();
    this.#mark = undefined;
    this.#order({ type: 'finish' });
    await this.#until(() => this.#mark !== undefined);
    if (this.#mark === undefined) throw new Error('unreachable');
    return this.#mark;
  }

  async close(): Promise<void> {
    this.#send();
    this.#order({ type: 'close' });
    await this.#gone;
  }

  async kill(): Promise<void> {
    await this.#worker.terminate();
    await this.#gone;
  }

  #send(): void {
    if (this.#filled === 0) return;
    this.#order({ type: 'write', slot: this.#slot, bytes: this.#filled });
    this.#underway += 1;
    this.#slot = (this.#slot + 1) % slots;
    this.#filled = 0;
  }

  #order(order: Order): void {
    this.#worker.postMessage(order);
  }

  #hear(report: Report): void {
    if (report.type === 'ready') {
      this.#isReady = true;
      this.#bytes = report.bytes;
    } else if (report.type === 'written') this.#underway -= 1;
    else if (report.type === 'finished') this.#mark = report.mark;
    else this.#fail(Object.assign(new Error(report.message), { code: report.code }));
    this.#wake?.();
  }

  #fail(error: unknown): void {
    this.#failure ??= diskFailure(error);
    this.#wake?.();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function isComplete(facts: Partial<PartFacts>): facts is PartFacts {
  return facts.name !== undefined && facts.source !== undefined;
}

/** Under the sources the thread is TypeScript; in the built application it lies compiled beside this file. */
function startThread(workerData: Setup): Worker {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`./part-thread.${ending}`, import.meta.url), {
    workerData,
    // It makes next to no garbage; there is no reason to let it collect any.
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
  });
}

async function reserve(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw diskFailure(error);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function rethrow(error: unknown): never {
  throw diskFailure(error);
}
