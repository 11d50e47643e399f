import { hash } from 'node:crypto';
import type { DeliveryRow } from '../storage/index.ts';

/** Deliveries that were stored only after their senders were asked to retry: each is expected once more. */
export interface LateDeliveries {
  /** The row with the times of the earlier attempts, where it is such a retry. */
  recognize(row: DeliveryRow): DeliveryRow;
  /** The sender of this one was asked to retry, and it may be stored all the same. */
  add(row: DeliveryRow): void;
}

/** More are not remembered; a retry of what is forgotten counts as another event. */
const most = 1000;

export function createLateDeliveries(): LateDeliveries {
  /** By hook and bytes: the times of each attempt and of those before it. */
  const late = new Map<string, readonly (readonly number[])[]>();
  return {
    recognize(row) {
      if (late.size === 0 || !needsMemory(row)) return row;
      const key = keyOf(row);
      const [attempts, ...others] = late.get(key) ?? [];
      if (others.length > 0) late.set(key, others);
      else late.delete(key);
      return attempts ? { ...row, earlierAttempts: attempts } : row;
    },
    add(row) {
      if (!needsMemory(row)) return;
      const key = keyOf(row);
      const others = late.get(key) ?? [];
      const [oldest] = late.size >= most ? late.keys() : [];
      if (oldest !== undefined) late.delete(oldest);
      if (others.length < most) late.set(key, [...others, [...(row.earlierAttempts ?? []), row.receivedAt]]);
    },
  };
}

/** Others are recognized by their delivery id, or by their bytes alone. */
function needsMemory({ sameBytes, deliveryId }: DeliveryRow): boolean {
  return sameBytes === 'recurrence' && deliveryId === null;
}

function keyOf({ hook, body }: DeliveryRow): string {
  return `${hook} ${hash('sha256', body, 'base64url')}`;
}
