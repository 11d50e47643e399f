import type { Delivery, RejectedDelivery, Secret, VerifiedDelivery } from '../connector/index.ts';
import { ingressMessages, messageMembers, rejectionMessages, storedMessage } from '../messages/index.ts';
import { codingsOf } from '../requests/index.ts';
import { decompress, toUtf8 } from '../storage/index.ts';
import type { CallbackRoute } from './route.ts';

/** A delivery that is genuine, with its body as it can be read. */
interface GenuineDelivery {
  readonly delivery: Delivery;
  readonly verification: VerifiedDelivery;
}

/**
 * Verifies a delivery over its bytes as they arrived. Senders disagree on what the signature of a compressed body covers:
 * where it does not cover these bytes, it may cover the body before compression.
 */
export function verifyBody(
  { connector, acceptsUnsigned = false }: Pick<CallbackRoute, 'connector' | 'acceptsUnsigned'>,
  delivery: Delivery,
  secrets: readonly Secret[],
): GenuineDelivery | RejectedDelivery {
  const codings = codingsOf(delivery.headers['content-encoding']);
  const decoded = codings.length > 0 ? decompress(delivery.body, codings) : delivery.body;
  const asReceived = connector.verify(delivery, secrets);
  if (asReceived.genuine) {
    return withVariant(
      asReceived,
      codings,
      ingressMessages.compressedSigned,
      readable(delivery, delivery.body, decoded),
    );
  }
  if (asReceived.unsigned && acceptsUnsigned) {
    const verification = { genuine: true, verified: 'none' } as const;
    return { delivery: readable(delivery, delivery.body, decoded), verification };
  }
  if (codings.length === 0) return asReceived;
  if (!decoded) {
    const reason = rejectionMessages.compressed({ codings: codings.join(', ') });
    return { genuine: false, ...messageMembers('reason', reason) };
  }
  const asSent = connector.verify({ ...delivery, body: decoded }, secrets);
  return asSent.genuine
    ? withVariant(asSent, codings, ingressMessages.plainSigned, readable(delivery, decoded, decoded))
    : asSent;
}

/** The body as text for the connector, beside the bytes that are stored. */
function readable(delivery: Delivery, signed: Uint8Array, decoded: Uint8Array | undefined): Delivery {
  const body = toUtf8(decoded ?? signed);
  return body === delivery.body ? delivery : { ...delivery, body, signedBytes: signed };
}

function withVariant(
  verification: VerifiedDelivery,
  codings: readonly string[],
  say: typeof ingressMessages.compressedSigned,
  delivery: Delivery,
): GenuineDelivery {
  if (codings.length === 0) return { delivery, verification };
  const { variant: text, variantMessage } = verification;
  const variant = text === undefined ? {} : { variant: storedMessage(text, variantMessage) };
  const message = say({ codings: codings.join(', '), ...variant });
  return { delivery, verification: { ...verification, ...messageMembers('variant', message) } };
}
