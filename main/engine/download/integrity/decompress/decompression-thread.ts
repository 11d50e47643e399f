import { closeSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { ByteInput } from './byte-input.ts';
import { decodeBzip2 } from './bzip2-decoder.ts';
import { DecompressionFault, type Fault } from './fault.ts';
import type { Output } from './output.ts';
import { awaitSlot, type Slots, slotAt, slotBytes } from './slots.ts';
import { decodeXz } from './xz-decoder.ts';

export interface Order {
  readonly file: string;
  readonly format: Format;
  readonly slots: Slots;
}

export type Format = { readonly name: 'bzip2' } | { readonly name: 'xz'; readonly longestBlock: number };

export type Report =
  /** So many bytes are in the next slot. */
  | { readonly type: 'bytes'; readonly length: number }
  /** The offset behind the compressed data; other bytes may follow. */
  | { readonly type: 'end'; readonly end: number }
  | { readonly type: 'fault'; readonly fault: Fault; readonly reason: string }
  /** Of the file system; `code` as in "EIO". */
  | { readonly type: 'failure'; readonly message: string; readonly code: string | undefined };

function run({ file, format, slots }: Order): Report {
  const descriptor = openSync(file, 'r');
  try {
    const input = new ByteInput(descriptor);
    const output = createOutput(slots);
    const end = decode(input, format, output.take);
    output.flush();
    return { type: 'end', end };
  } catch (error) {
    return reportOf(error);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives the offset behind the compressed data. */
function decode(input: ByteInput, format: Format, output: Output): number {
  if (format.name === 'bzip2') return decodeBzip2(input, output);
  decodeXz(input, output, format.longestBlock);
  return input.position;
}

function createOutput(slots: Slots): { readonly take: Output; flush(): void } {
  let number = 0;
  let filled = 0;
  let slot: Buffer | undefined;
  const flush = (): void => {
    if (filled === 0) return;
    report({ type: 'bytes', length: filled });
    number += 1;
    filled = 0;
    slot = undefined;
  };
  return {
    take(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (!slot) {
          awaitSlot(slots, number);
          slot = slotAt(slots, number);
        }
        const taken = Math.min(bytes.length - at, slotBytes - filled);
        slot.set(bytes.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled === slotBytes) flush();
      }
    },
    flush,
  };
}

function reportOf(error: unknown): Report {
  if (error instanceof DecompressionFault) return { type: 'fault', fault: error.fault, reason: error.message };
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return { type: 'failure', message: error instanceof Error ? error.message : String(error), code };
}

function report(message: Report): void {
  parentPort?.postMessage(message);
}

if (parentPort) report(run(workerData as Order));
