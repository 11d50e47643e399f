import type { Connector, Delivery, Proof, Reading, Secret } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import type { DeliveryRow, Events, ResourceNames } from '../storage/index.ts';
import { type Ledger, LedgerError } from '../storage/index.ts';
import type { Echo } from './echo.ts';
import type { CallbackResponse, Router } from './receiver.ts';

/** Where a callback is expected: what is registered there, and who can prove and read it. */
export interface CallbackAddress {
  readonly hook: string;
  readonly connection: string;
  readonly connector: Connector;
  readonly registered: Delivery['hook'];
  readonly label: string;
  /** Undefined while the secrets cannot be unsealed: then nothing can be proven, and the sender is asked to come again. */
  secrets(): readonly Secret[] | undefined;
  /** While the hook has two living addresses, and the provider sends each event to both: what names that time. */
  readonly dualRegistration?: string | undefined;
  /** A delivery was proven genuine. */
  verified?(proof: Proof): void;
}

export interface HookRouterOptions {
  readonly ledger: Ledger;
  readonly events: Events;
  readonly resourceNames: Pick<ResourceNames, 'pathOf'>;
  readonly echo: Echo;
  addressOf(key: string): CallbackAddress | undefined;
  now(): number;
  readonly log: Log;
  /** Whether a proven delivery is a trial of our own, which is answered and not kept. */
  isTestDelivery(body: Uint8Array): boolean;
  /** A new event is on disk; called after the answer is decided. */
  stored(event: number): void;
  /** A known event was delivered once more. */
  repeated(event: number): void;
  rejected(rejection: { receivedAt: number; hook: string | null; reason: string }): void;
  /** The disk did not take a callback; the sender was asked to come again. */
  storageFailed(error: LedgerError): void;
}

const accepted: CallbackResponse = { status: 204 };
const comeAgain: CallbackResponse = { status: 503 };

/** Proves a callback genuine over its raw bytes, commits it, and only then says 2xx. */
export function createHookRouter(options: HookRouterOptions): Router {
  const { ledger, echo, addressOf, now, log } = options;

  const reject = async (address: CallbackAddress, reason: string): Promise<void> => {
    const rejection = { receivedAt: now(), hook: address.hook, reason };
    try {
      await ledger.write('rejection', rejection);
    } catch (error) {
      log.warn('ingress', `A refused delivery could not be noted: ${describe(error)}`);
    }
    options.rejected(rejection);
  };

  const store = async (address: CallbackAddress, delivery: Delivery, proof: Proof): Promise<CallbackResponse> => {
    try {
      const { event, repeated } = await ledger.write('delivery', toRow(address, delivery, proof, now()));
      setImmediate(repeated ? options.repeated : options.stored, event);
      return accepted;
    } catch (error) {
      log.warn('ingress', `A callback could not be stored: ${describe(error)}`);
      if (error instanceof LedgerError) options.storageFailed(error);
      return comeAgain;
    }
  };

  return {
    matches: (key, method) =>
      key === echo.key ? method === 'POST' : method === 'POST' && addressOf(key) !== undefined,

    async receive({ key, method, rest, headers, body }) {
      if (key === echo.key) return { status: 200, text: echo.answer(body) };
      const address = addressOf(key);
      // A hook is called at its address exactly; a query or a last slash does no harm.
      if (!address || !/^\/?(\?|$)/.test(rest)) return { status: 404 };
      const secrets = address.secrets();
      if (!secrets) return comeAgain;
      const nameOf = (resource: string): string | undefined => nameSafely(options.events, resource);
      const { pathOf } = options.resourceNames;
      const delivery: Delivery = { method, rest, headers, body, hook: address.registered, nameOf, pathOf };
      const verdict = address.connector.verify(delivery, secrets);
      if (verdict.genuine) address.verified?.(verdict);
      if (verdict.genuine && options.isTestDelivery(body)) return accepted;
      if (verdict.genuine) return store(address, delivery, verdict);
      await reject(address, verdict.reason);
      return { status: 401 };
    },

    tooLarge(key) {
      const address = addressOf(key);
      if (address) void reject(address, 'larger than 1 MB');
    },
  };
}

/** What is kept of a delivery that was proven genuine. */
export function toRow(
  address: Omit<CallbackAddress, 'secrets'>,
  delivery: Delivery,
  proof: Proof,
  receivedAt: number,
): DeliveryRow {
  const reading = readSafely(address, delivery);
  return {
    hook: address.hook,
    connection: address.connection,
    receivedAt,
    deliveryId: proof.deliveryId ?? null,
    identity: reading?.identity ?? copyIdentity(address, reading),
    system: reading?.system ?? address.registered.system ?? null,
    event: reading?.event ?? address.registered.event,
    title: reading?.title ?? `Unreadable callback of ${address.label}`,
    summary: reading
      ? (reading.summary ?? null)
      : 'The signature is good, but the content is not what Ringback can read.',
    outcome: reading?.outcome ?? null,
    resource: reading?.resource ?? null,
    occurredAt: validTime(reading?.time),
    readable: reading !== undefined,
    silent: reading?.silent ?? reading === undefined,
    verified: proof.verified,
    variant: proof.variant ?? null,
    headers: JSON.stringify(delivery.headers),
    // A copy of its own: the received bytes lie in a larger block, which would go to the writer's thread whole.
    body: new Uint8Array(delivery.body),
    names: reading?.names?.join('\n') ?? '',
    learned: Object.entries(reading?.learned ?? {}),
    jobs: reading?.jobs ? JSON.stringify(reading.jobs) : null,
  };
}

/** The copies of one event that come to two addresses are told by what they say; at other times the same may happen again. */
function copyIdentity(
  { dualRegistration: doubled }: Pick<CallbackAddress, 'dualRegistration'>,
  reading: Reading | undefined,
): string | null {
  return doubled !== undefined && reading?.likeness !== undefined ? `${doubled} ${reading.likeness}` : null;
}

/** Names only embellish: a store that cannot be read now must not make a callback unreadable. */
function nameSafely(events: Events, resource: string): string | undefined {
  try {
    return events.nameOf(resource);
  } catch {
    return undefined;
  }
}

function readSafely(address: Pick<CallbackAddress, 'connector'>, delivery: Delivery): Reading | undefined {
  try {
    return address.connector.read(delivery);
  } catch {
    return undefined;
  }
}

/** A payload may claim any number; only what a Date can hold is kept. */
function validTime(time: number | undefined): number | null {
  return time !== undefined && Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? Math.trunc(time) : null;
}
