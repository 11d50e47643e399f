import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Delivery, RejectedDelivery, RejectionReason } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import { ingressMessages, problemMembers } from '../messages/index.ts';
import { type Events, type Ledger, LedgerError, type ResourceNames, storeMessage } from '../storage/index.ts';
import { seconds } from '../timing/index.ts';
import { answerInTime } from './answer-in-time.ts';
import { toRejectedRow } from './rejected-delivery.ts';
import type { CallbackRequest, CallbackResponse, CallbackRoute } from './route.ts';
import { verifyBody } from './verify-body.ts';

interface CallbackRejection extends RejectionReason {
  readonly receivedAt: number;
  readonly hook: string;
}

export interface AcceptOptions {
  readonly ledger: Ledger;
  readonly events: Pick<Events, 'nameOf'>;
  readonly resourceNames: Pick<ResourceNames, 'pathOf'>;
  now(): number;
  readonly log: Log;
  /** Whether the reason of a rejection may be looked for at length. */
  mayDiagnose(target: string): boolean;
  /** Whether a rejected delivery may be stored beside the reason. */
  mayStoreRejected(target: string): boolean;
  rejected(rejection: CallbackRejection): void;
  /** A callback was not stored, or not in time; the sender retries later. */
  storageFailed(failure: StorageFailure): void;
  /** Milliseconds in which each sender is answered; 4 s where absent. */
  readonly answerWithin?: number | undefined;
}

export interface StorageFailure {
  readonly message: string;
  /** The same message for other languages. */
  readonly reason?: MessageReference | undefined;
  /** The disk has no room or refuses. */
  readonly full?: boolean;
  /** The failure may pass unnoticed: the callback is still being stored, or the next one can be stored. */
  readonly passing?: boolean;
  /** The callback is on disk all the same, and appears once the store takes it. */
  readonly kept?: boolean;
  /** Its sender has its response, and does not retry. */
  readonly lost?: boolean;
}

const notFound: CallbackResponse = { status: 404 };
const unauthorized: CallbackResponse = { status: 401 };
/** All known senders wait for at least six seconds. */
const defaultAnswerWithin = seconds(4);
export const retryLater: CallbackResponse = { status: 503 };

/**
 * Verifies a callback over its raw bytes and stores it before it responds with 2xx. A sender that the disk keeps
 * waiting is asked to retry; what is stored after that is recognized when it comes again.
 */
export async function acceptCallback(
  route: CallbackRoute,
  request: CallbackRequest,
  options: AcceptOptions,
): Promise<CallbackResponse> {
  if (request.method === 'HEAD' && route.head) return route.head;
  if (route.rest && !route.rest.test(request.rest)) return notFound;
  const secrets = route.secrets();
  if (!secrets) return retryLater;
  const { answerWithin: within = defaultAnswerWithin } = options;
  const delivery = toDelivery(route, request, options);
  const verdict = verifyBody(route, delivery, secrets);
  if ('genuine' in verdict) {
    const rejected = rejectCallback(route, reasonOf(verdict, route, options), options, request);
    return answerInTime(
      rejected.then(() => unauthorized),
      within,
      () => unauthorized,
    );
  }
  const stored = route
    .store(verdict.delivery, verdict.verification, request, (error) => notShown(error, options))
    .catch((error: unknown) => notStored(error, options));
  return answerInTime(stored, within, () => {
    route.notInTime?.();
    const failure = problemMembers(ingressMessages.notStoredInTime({ seconds: Math.ceil(within / 1000) }));
    options.log.warn('ingress', failure.message);
    options.storageFailed({ ...failure, passing: true });
    return retryLater;
  });
}

function notStored(error: unknown, { log, storageFailed }: AcceptOptions): CallbackResponse {
  log.warn('ingress', `A callback could not be stored: ${describe(error)}`);
  if (error instanceof LedgerError) storageFailed(error);
  return retryLater;
}

/** Its sender has its response already, so only the user is told. */
function notShown({ message, reason, full, rejected }: LedgerError, { log, storageFailed }: AcceptOptions): void {
  const outcome = rejected ? 'cannot be stored, and its sender has its response' : 'is kept until it can be stored';
  log.warn('ingress', `A callback ${outcome}: ${message}`);
  storageFailed({ message, reason, full, ...(rejected ? { lost: true } : { kept: true }) });
}

function reasonOf(rejected: RejectedDelivery, { target }: CallbackRoute, options: AcceptOptions): RejectionReason {
  const { diagnose } = rejected;
  return (diagnose && options.mayDiagnose(target) && diagnose()) || rejected;
}

/** Stores a rejection where the disk allows it, and reports it in any case. */
export async function rejectCallback(
  { target }: CallbackRoute,
  { reason, reasonMessage }: RejectionReason,
  { ledger, now, log, mayStoreRejected, rejected }: AcceptOptions,
  request?: CallbackRequest,
): Promise<void> {
  const rejection = { receivedAt: now(), hook: target, reason, ...(reasonMessage ? { reasonMessage } : {}) };
  const delivery = request && mayStoreRejected(target) ? toRejectedRow(request) : undefined;
  try {
    await ledger.write('rejection', { ...rejection, message: storeMessage(reasonMessage), delivery });
  } catch (error) {
    log.warn('ingress', `A rejected callback could not be stored: ${describe(error)}`);
  }
  rejected(rejection);
}

function toDelivery(
  { registered }: CallbackRoute,
  { method, rest, headers, body }: CallbackRequest,
  { events, resourceNames }: AcceptOptions,
): Delivery {
  const nameOf = (resource: string): string | undefined => {
    try {
      return events.nameOf(resource);
    } catch {
      // A name only enriches the text: a store that cannot be read now must not make a callback unreadable.
      return undefined;
    }
  };
  return { method, suffix: rest, headers, body, hook: registered, nameOf, pathOf: resourceNames.pathOf };
}
