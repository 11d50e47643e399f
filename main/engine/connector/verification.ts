export interface Secret {
  readonly of: 'hook' | 'hook-previous' | 'owner' | 'owner-previous';
  readonly value: string;
}

export interface VerifiedDelivery {
  readonly genuine: true;
  /** `none`: it was not signed, and the user accepts that. */
  readonly verified: 'signature' | 'address' | 'none';
  /** Which secret matched. */
  readonly secret?: Secret['of'];
  /** The provider's id of this delivery. */
  readonly deliveryId?: string;
  /** How it was signed, where providers sign in several ways: "HMAC-SHA-256 without prefix". */
  readonly variant?: string;
}

export interface RejectedDelivery {
  readonly genuine: false;
  /** In plain words: what is wrong, and where it can be told, why. */
  readonly reason: string;
  /** It bears no signature at all. */
  readonly unsigned?: true;
  /** Looks for a better reason, which may take many times as long as verifying; undefined where there is none. */
  diagnose?(): string | undefined;
}
