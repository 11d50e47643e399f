import { JetStreamApiError } from '@nats-io/jetstream';
import {
  AuthorizationError,
  ConnectionError,
  InvalidArgumentError,
  NoRespondersError,
  PermissionViolationError,
  ProtocolError,
  TimeoutError,
  UserAuthenticationExpiredError,
} from '@nats-io/transport-node';
import type { BrokerFault, BrokerFaultKind } from '../../engine/broker.ts';

/** A failure of a NATS server, or of the connection to it. */
export class NatsFault extends Error implements BrokerFault {
  readonly fault: BrokerFaultKind;

  constructor(fault: BrokerFaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** Converts an error of the NATS client; its kind is `otherwise` where the error does not tell it. */
export function toFault(error: unknown, otherwise: BrokerFaultKind = 'other'): NatsFault {
  if (error instanceof NatsFault) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new NatsFault(kindOf(cause) ?? otherwise, cause.message, { cause });
}

/** By the error codes of JetStream. */
const kindsOfCodes: Readonly<Record<number, BrokerFaultKind>> = {
  10002: 'storageFull',
  10014: 'missing',
  10023: 'storageFull',
  10028: 'storageFull',
  10039: 'storageDisabled',
  10047: 'storageFull',
  10054: 'tooLarge',
  10059: 'missing',
  10076: 'storageDisabled',
  10077: 'storageFull',
};

/** Converts an error in a response of JetStream. */
export function toApiFault({ err_code: code, description = 'unknown' }: ApiFailure): NatsFault {
  return new NatsFault(kindsOfCodes[code ?? 0] ?? 'other', description);
}

interface ApiFailure {
  readonly err_code?: number;
  readonly description?: string;
}

/** The kind of the error or of one of its causes; undefined where none tells it. */
function kindOf(error: Error): BrokerFaultKind | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const kind = kindOfOne(at);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function kindOfOne(error: Error): BrokerFaultKind | undefined {
  // The library does not export its class.
  if (error.name === 'JetStreamNotEnabled') return 'storageDisabled';
  if (error instanceof JetStreamApiError) return kindsOfCodes[error.code];
  if (error instanceof PermissionViolationError) return 'forbidden';
  if (error instanceof UserAuthenticationExpiredError) return 'credentialsExpired';
  if (error instanceof NoRespondersError || error instanceof TimeoutError) return 'noResponse';
  return kindOfText(error);
}

/** Recognizes errors that the protocol or the library distinguishes only by their text. */
function kindOfText(error: Error): BrokerFaultKind | undefined {
  const says = (pattern: RegExp): boolean => pattern.test(error.message);
  if (error instanceof AuthorizationError) {
    if (says(/timeout/i)) return 'signInTimeout';
    return says(/expired/i) ? 'credentialsExpired' : 'keyRejected';
  }
  if (error instanceof ProtocolError && says(/maximum .*connections exceeded/i)) return 'tooManyConnections';
  if (error instanceof ConnectionError && says(/does not support 'tls'/)) return 'unencrypted';
  return error instanceof InvalidArgumentError && says(/max_payload/) ? 'tooLarge' : undefined;
}
