import type { Connector, Delivery, Reading, VerifiedDelivery } from '../connector/index.ts';
import type { DeliveryRow } from '../storage/index.ts';

/** What a delivery was sent to. */
export interface DeliveryTarget {
  /** The hook, or the backup. */
  readonly hook: string;
  readonly connection: string;
  readonly connector: Connector;
  readonly registered: Delivery['hook'];
  readonly label: string;
  /** Names the period in which the hook is registered at two URLs, and the provider sends each event to both. */
  readonly dualRegistration?: string | undefined;
}

/** The stored row of a verified delivery. */
export function toRow(
  target: DeliveryTarget,
  delivery: Delivery,
  verification: VerifiedDelivery,
  receivedAt: number,
): DeliveryRow {
  const reading = attempt(() => target.connector.read(delivery));
  return {
    hook: target.hook,
    connection: target.connection,
    receivedAt,
    deliveryId: verification.deliveryId ?? null,
    identity: reading?.identity ?? copyIdentity(target, reading),
    system: reading?.system ?? target.registered.system ?? null,
    event: reading?.event ?? target.registered.event,
    title: reading?.title ?? `Unreadable callback of ${target.label}`,
    summary: reading ? (reading.summary ?? null) : 'The signature is valid, but Ringback cannot read the content.',
    plural: reading?.plural ?? null,
    place: reading?.place ?? null,
    outcome: reading?.outcome ?? null,
    resource: reading?.resource ?? null,
    occurredAt: validTime(reading?.time),
    readable: reading !== undefined,
    silent: reading?.muted ?? reading === undefined,
    verified: verification.verified,
    variant: verification.variant ?? null,
    headers: JSON.stringify(delivery.headers),
    // Copied, since the received bytes are part of a larger block that would be sent to the writer's thread whole.
    body: new Uint8Array(delivery.body),
    names: reading?.names?.join('\n') ?? '',
    learned: Object.entries(reading?.resourceNames ?? {}),
    jobs: reading?.jobs ? JSON.stringify(reading.jobs) : null,
  };
}

/** While a hook is dual-registered, equal content means one event delivered twice; at other times it may happen again. */
function copyIdentity(
  { dualRegistration }: Pick<DeliveryTarget, 'dualRegistration'>,
  reading: Reading | undefined,
): string | null {
  const contentHash = dualRegistration === undefined ? undefined : attempt(() => reading?.contentHash?.());
  return contentHash === undefined ? null : `${dualRegistration} ${contentHash}`;
}

/** Undefined where the connector cannot read the delivery, which is stored all the same. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A payload may hold any number; only what a Date can represent is stored. */
function validTime(time: number | undefined): number | null {
  return time !== undefined && Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? Math.trunc(time) : null;
}
