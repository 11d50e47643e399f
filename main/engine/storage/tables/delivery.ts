/**
 * A verified delivery as stored; times are milliseconds since 1970. New members are optional, since a journal may be
 * from an earlier version.
 */
export interface DeliveryRow {
  readonly hook: string;
  readonly connection: string;
  readonly receivedAt: number;
  readonly deliveryId: string | null;
  readonly identity: string | null;
  /**
   * What an earlier delivery of the same bytes to the same hook means: the same event, or perhaps another one, since the
   * payload carries no time. Absent where bytes are not compared.
   */
  readonly sameBytes?: 'repetition' | 'recurrence';
  readonly system: string | null;
  readonly event: string | null;
  readonly title: string;
  readonly summary: string | null;
  /** JSON: title, summary and plural as messages for other languages (see ../event-messages.ts). */
  readonly messages?: string | null;
  readonly outcome: string | null;
  readonly resource: string | null;
  readonly occurredAt: number | null;
  readonly readable: boolean;
  /** Never shown in a notification. */
  readonly silent: boolean;
  readonly verified: string;
  /** How it was signed. */
  readonly variant?: string | null;
  /** JSON: which computer of the team received it, and what it calls hook and connection. */
  readonly relay?: string | null;
  /** JSON object of lower-case names. */
  readonly headers: string;
  readonly body: Uint8Array;
  /** Searchable besides title and summary. */
  readonly names: string;
  readonly learned: readonly (readonly [resource: string, name: string])[];
  /** What several events of this kind are called, and where they happened. */
  readonly plural?: string | null;
  readonly place?: string | null;
  /** JSON: what it says about jobs. */
  readonly jobs?: string | null;
  /** Recovered from the provider, not delivered: the start of the gap in which it was missed. */
  readonly recoveredSince?: number;
}
