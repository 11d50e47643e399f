import type { MessageReference } from '../../../preload/contract/index.ts';

export interface Secret {
  readonly of: 'hook' | 'hook-previous' | 'owner' | 'owner-previous';
  readonly value: string;
}

export interface VerifiedDelivery {
  readonly genuine: true;
  /** `none`: it was not signed, which the user accepts for this hook. */
  readonly verified: 'signature' | 'address' | 'none';
  /** Which secret matched. */
  readonly secret?: Secret['of'];
  /** The provider's id of this delivery. */
  readonly deliveryId?: string;
  /** The kind of signature, where the provider has several: "HMAC-SHA-256 without prefix". */
  readonly variant?: string;
  readonly variantMessage?: MessageReference;
}

/** What is wrong and, where known, why. */
export interface RejectionReason {
  readonly reason: string;
  readonly reasonMessage?: MessageReference | undefined;
}

export interface RejectedDelivery extends RejectionReason {
  readonly genuine: false;
  /** It has no signature at all. */
  readonly unsigned?: true;
  /** Finds a more precise reason, which may take many times as long as verifying; undefined where there is none. */
  diagnose?(): RejectionReason | undefined;
}
