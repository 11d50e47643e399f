import type { Secret, VerifiedDelivery } from '../connector/index.ts';
import type { Delivered, DeliveryRow, Ledger } from '../storage/index.ts';
import { type DeliveryTarget, toRow } from './delivery-row.ts';
import type { CallbackRoute } from './route.ts';
import { type CallbackResponse, exactUrl } from './route.ts';
import type { FindRoute } from './router.ts';

/** The callback URL of a hook: what is registered there, and who can verify and read it. */
export interface CallbackAddress extends DeliveryTarget {
  /** The registered URL. */
  readonly callbackUrl?: string | undefined;
  /** Undefined while the secrets cannot be decrypted: nothing can be verified then, and the sender retries later. */
  secrets(): readonly Secret[] | undefined;
  /** The user accepts deliveries without a signature. */
  readonly acceptsUnsigned?: boolean;
  /** A delivery was verified. */
  verified?(verification: VerifiedDelivery): void;
}

interface HookRoutesOptions {
  readonly ledger: Pick<Ledger, 'deliver'>;
  addressOf(key: string): CallbackAddress | undefined;
  now(): number;
  /** Whether a verified delivery is one of our own test deliveries, which are answered and not stored. */
  isTestDelivery(body: Uint8Array): boolean;
  /** A new event is on disk; called after the response is decided. */
  stored(event: number): void;
  /** A stored event was delivered again. */
  repeated(event: number): void;
  /** A provider's delivery arrived through this registered URL. */
  delivered?(callbackUrl: string): void;
}

const accepted: CallbackResponse = { status: 204 };

/** Finds the routes of hooks. */
export function createHookRoutes(options: HookRoutesOptions): FindRoute {
  return (key, method) => {
    const address = method === 'POST' ? options.addressOf(key) : undefined;
    return address && toRoute(address, options);
  };
}

/** The route of one request. */
function toRoute(address: CallbackAddress, options: HookRoutesOptions): CallbackRoute {
  const { ledger, now, isTestDelivery, stored, repeated, delivered } = options;
  let row: DeliveryRow | undefined;
  let delivery: Delivered | undefined;
  return {
    target: address.hook,
    connector: address.connector,
    registered: address.registered,
    rest: exactUrl,
    secrets: () => address.secrets(),
    acceptsUnsigned: address.acceptsUnsigned ?? false,
    async store(given, verification, _request, delayed) {
      const isVerified = verification.verified !== 'none';
      if (isVerified) address.verified?.(verification);
      if (isVerified && isTestDelivery(given.body)) return accepted;
      row = toRow(address, given, verification, now());
      delivery = ledger.deliver(row, delayed);
      const pending = delivery.stored.then((result) => {
        setImmediate(result.repeated ? repeated : stored, result.event);
      });
      // Where it fails, its sender learns it from `durable`, or `delayed` tells that it is kept.
      pending.catch(() => {});
      await delivery.durable;
      if (isVerified && address.callbackUrl !== undefined) delivered?.(address.callbackUrl);
      return { ...accepted, pending };
    },
    notInTime() {
      if (row && isUnnamed(row)) delivery?.expectRetry();
    },
  };
}

/** Whether a repetition would pass as another event: others are recognized by their delivery id, or by their bytes alone. */
function isUnnamed({ sameBytes, deliveryId }: DeliveryRow): boolean {
  return sameBytes === 'recurrence' && deliveryId === null;
}
