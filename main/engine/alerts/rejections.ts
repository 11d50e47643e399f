import type { RejectionReason } from '../connector/index.ts';
import type { RejectedHook } from './conditions.ts';

/** Counts the rejected deliveries of each hook since its last accepted one. */
interface RejectionCounter {
  rejected(hook: string, reason: RejectionReason): void;
  accepted(hook: string): void;
  /** Whether the latest delivery of any hook was rejected. */
  readonly any: boolean;
  of(hook: string): Pick<RejectedHook, 'rejected' | 'reason' | 'reasonMessage'>;
}

export function createRejectionCounter(): RejectionCounter {
  const counts = new Map<string, Pick<RejectedHook, 'reason' | 'reasonMessage'> & { readonly rejected: number }>();
  return {
    rejected: (hook, { reason, reasonMessage }) =>
      void counts.set(hook, { rejected: (counts.get(hook)?.rejected ?? 0) + 1, reason, reasonMessage }),
    accepted: (hook) => void counts.set(hook, { rejected: 0, reason: '' }),
    get any() {
      return [...counts.values()].some(({ rejected }) => rejected > 0);
    },
    of: (hook) => counts.get(hook) ?? { rejected: undefined, reason: '' },
  };
}
