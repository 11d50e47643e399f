/** A backup that another computer made. */
interface OtherBackup {
  readonly computer: string;
  readonly bytes: number;
  readonly verified: boolean;
  /** Where it is on that computer. */
  readonly file: string;
}

type Claim =
  /** No other computer makes backups of this account. */
  | { readonly kind: 'alone' }
  /** The others cannot be asked. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'held'; readonly token: number }
  | { readonly kind: 'taken'; readonly computer: string }
  | { readonly kind: 'made'; readonly backup: OtherBackup & { readonly age: number } };

/** Agrees with other computers on which of them makes a planned backup. */
export interface BackupCoordinator {
  /**
   * Claims the account, or confirms an earlier claim by its token. A claim gets a higher token if another computer may
   * have held the account in between. `period` is the time between two backups in milliseconds.
   */
  claim(claim: {
    readonly account: string;
    readonly period: number;
    readonly token?: number | undefined;
  }): Promise<Claim>;
  /** Says that it is made, and ends the claim. False while the others cannot be told. */
  report(
    report: { readonly account: string; readonly token: number } & Omit<OtherBackup, 'computer'>,
  ): Promise<boolean>;
  /** Ends that claim without a backup. */
  release(account: string, token: number): Promise<void>;
}

/** For a computer that does not know of others. */
export const uncoordinated: BackupCoordinator = {
  claim: async () => ({ kind: 'alone' }),
  report: async () => true,
  release: async () => {},
};
