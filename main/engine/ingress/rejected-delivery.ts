import type { RejectedDeliveryRow } from '../storage/index.ts';
import { isRecent, minutes } from '../timing/index.ts';
import type { CallbackRequest } from './route.ts';
import { storedHeaders } from './stored-text.ts';

/** Larger bodies are stored in part. */
const longestBody = 64 * 1024;
/** Rejected deliveries stored within a minute, of one hook and of all: a flood of forgeries costs no more. */
const mostOfTarget = 6;
const mostInAll = 30;

/** What is stored of a rejected delivery. */
export function toRejectedRow({ method, headers, body }: Omit<CallbackRequest, 'key' | 'rest'>): RejectedDeliveryRow {
  return {
    method,
    headers: storedHeaders(headers),
    // Copied, since the received bytes are part of a larger block that would be sent to the writer's thread whole.
    body: new Uint8Array(body.subarray(0, longestBody)),
    size: body.length,
  };
}

/** Says whether a rejected delivery to this target may be stored beside the reason. */
export function createRejectedLimit(now: () => number): (target: string) => boolean {
  let since = Number.NEGATIVE_INFINITY;
  let all = 0;
  const counts = new Map<string, number>();
  return (target) => {
    const at = now();
    if (!isRecent(since, minutes(1), at)) {
      since = at;
      all = 0;
      counts.clear();
    }
    const count = counts.get(target) ?? 0;
    if (all >= mostInAll || count >= mostOfTarget) return false;
    all += 1;
    counts.set(target, count + 1);
    return true;
  };
}
