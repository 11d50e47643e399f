import type { RejectionDetail } from '../../../preload/contract/index.ts';
import type { Connector, Delivery, RejectedDelivery, Secret } from '../connector/index.ts';
import { type Message, messageMembers, referenceOf, rejectionMessages } from '../messages/index.ts';
import type { StoredRejection } from '../storage/index.ts';
import { verifyBody } from './verify-body.ts';

/** A hook, and what its deliveries are or were signed with. */
export interface Signer {
  readonly hook: string;
  readonly connection: string;
  readonly connector: Pick<Connector, 'verify'>;
  readonly registered: Delivery['hook'];
  readonly acceptsUnsigned: boolean;
  readonly secrets: readonly Secret[];
  /** Replaced secrets that no longer count, and until when they did, in milliseconds since 1970. */
  readonly expired: readonly { readonly value: string; readonly until: number }[];
  /** The field of the connection whose secret counts for all its hooks. */
  readonly sharedSecretField?: string | undefined;
}

/** What differs, in the words of the catalogue or of the connector. */
type Difference = RejectionDetail['differences'][number];

interface ExplainInput {
  readonly stored: StoredRejection;
  /** All own hooks. */
  readonly signers: readonly Signer[];
  /** What the user calls the hook. */
  labelOf(hook: string): Message;
}

/** Other hooks whose secrets are tried. */
const mostOthers = 500;

/** What differs between a rejected delivery and one that would be accepted, with the secrets known now. */
export function explainRejection({ stored, signers, labelOf }: ExplainInput): Difference[] {
  const { rejection, delivery } = stored;
  if (!delivery) return [said(rejectionMessages.notStored())];
  const { size, body } = delivery;
  if (body.length < size) return [said(rejectionMessages.storedInPart({ stored: body.length, size }))];
  const signer = signers.find(({ hook }) => hook === rejection.hook);
  if (!signer) return [said(rejectionMessages.hookGone())];
  const verdict = recheck(stored, signer, signer.secrets);
  if (!verdict) return [said(rejectionMessages.acceptedNow())];
  const expired = signer.expired.find(({ value }) => !recheck(stored, signer, [{ of: 'hook-previous', value }]));
  if (expired) return [said(rejectionMessages.expiredSecret({ until: new Date(expired.until).toISOString() }))];
  const other = otherSigner(stored, signer, signers);
  if (other) return [said(rejectionMessages.otherHook({ hook: labelOf(other.hook) }))];
  return reasons(verdict, rejection.reason, body);
}

/** Why the delivery is rejected with these secrets; undefined where it is accepted. */
export function recheck(
  { delivery }: StoredRejection,
  { connector, registered, acceptsUnsigned }: Signer,
  secrets: readonly Secret[],
): RejectedDelivery | undefined {
  if (!delivery) return { genuine: false, ...messageMembers('reason', rejectionMessages.notStored()) };
  const { method, headers, body } = delivery;
  const verdict = verifyBody(
    { connector, acceptsUnsigned },
    { method, headers, body, suffix: '', hook: registered, nameOf: () => undefined, pathOf: () => undefined },
    secrets,
  );
  return 'genuine' in verdict ? verdict : undefined;
}

/** Another hook of the connector whose secret signed the delivery; only sought if that has a signature. */
function otherSigner(stored: StoredRejection, own: Signer, signers: readonly Signer[]): Signer | undefined {
  const [secret] = own.secrets;
  if (!secret || recheck(stored, { ...own, acceptsUnsigned: false }, [secret])?.unsigned) return undefined;
  return signers
    .filter(({ hook, connector }) => hook !== own.hook && connector === own.connector)
    .slice(0, mostOthers)
    .find((other) => !recheck(stored, { ...own, acceptsUnsigned: false }, other.secrets));
}

function reasons(verdict: RejectedDelivery, known: string, body: Uint8Array): Difference[] {
  const diagnosed = verdict.diagnose?.();
  const better = diagnosed ?? (verdict.reason === known ? undefined : verdict);
  const fault = diagnosed === undefined ? bodyFault(body) : undefined;
  const found = [
    ...(better ? [{ text: better.reason, message: better.reasonMessage }] : []),
    ...(fault ? [said(fault)] : []),
  ];
  const isMismatch = verdict.diagnose !== undefined && found.length === 0;
  return isMismatch ? [said(rejectionMessages.unknownSecret())] : found;
}

const said = (message: Message): Difference => ({ text: message.text, message: referenceOf(message) });

/** A change on the way that the body itself shows: it is empty, or its JSON is cut off. */
function bodyFault(body: Uint8Array): Message | undefined {
  if (body.length === 0) return rejectionMessages.emptyBody();
  const text = new TextDecoder().decode(body).trim();
  const isJson = text.startsWith('{') || text.startsWith('[');
  const isEnded = text.endsWith('}') || text.endsWith(']');
  return isJson && !isEnded ? rejectionMessages.cutBody({ bytes: body.length }) : undefined;
}
