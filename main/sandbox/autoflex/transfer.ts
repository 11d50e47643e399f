import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BackupFile } from './backup-files.ts';

/** The transfer of a range of a file. */
export interface Transfer {
  readonly path: string;
  readonly from: number;
  /** The offset after the last byte. */
  readonly to: number;
  /** Bytes passed to the system so far. */
  sent: number;
  /** "cut" by the simulator, "left" by the client. */
  state: 'sending' | 'whole' | 'cut' | 'left';
}

interface Manner {
  readonly bytesPerSecond: number;
  /** Offset in the file at which the connection is cut. */
  readonly cutAt: number | undefined;
  /** Offset in the file at which sending pauses; null where it does not. */
  holdAt(): number | null;
}

const tick = 50;

/** Sends the range no faster than the client reads or `bytesPerSecond` allows, and holds only one piece in memory. */
export async function send(
  response: ServerResponse,
  file: BackupFile,
  transfer: Transfer,
  { bytesPerSecond, cutAt, holdAt }: Manner,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const pieceSize = Math.max(1, Math.floor((bytesPerSecond * tick) / 1000));
  try {
    response.flushHeaders();
    for (const large of file.read(transfer.from, cutAt ?? transfer.to)) {
      for (const piece of bytesPerSecond === 0 ? [large] : split(large, pieceSize)) {
        if (bytesPerSecond > 0) await delay(tick, undefined, { signal: gone.signal });
        while (transfer.from + transfer.sent >= (holdAt() ?? Number.POSITIVE_INFINITY))
          await delay(tick, undefined, { signal: gone.signal });
        if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal });
        gone.signal.throwIfAborted();
        transfer.sent += piece.length;
      }
    }
    transfer.state = cutAt === undefined ? 'whole' : 'cut';
    if (cutAt === undefined) response.end();
    // Sends what was already written before the connection is closed.
    else response.socket?.destroySoon();
  } catch (error) {
    transfer.state = 'left';
    if (!gone.signal.aborted) throw error;
  }
}

function* split(piece: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < piece.length; at += size) yield piece.subarray(at, at + size);
}
