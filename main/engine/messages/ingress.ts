import { formatByteSize } from '../../../preload/byte-size.ts';
import { defineMessages } from './message.ts';
import { formatDay } from './times.ts';

interface Compressed {
  readonly codings: string;
  /** The kind of signature, where there are several. */
  readonly variant?: string;
}

const behind = (variant?: string): string => (variant === undefined ? '' : `${variant}; `);

export const ingressMessages = defineMessages('ingress', {
  sample: ({ title }: { title: string }) => `Sample: ${title}`,
  unverified: ({ title }: { title: string }) => `Not verified: ${title}`,
  unreadable: ({ hook }: { hook: string }) => `Unreadable callback of ${hook}`,
  unreadableSigned: () => 'The signature is valid, but Ringback cannot read the content.',
  unreadableAddressed: () =>
    'It was sent to the secret URL, without a signature, and Ringback cannot read the content.',
  unreadableUnsigned: () =>
    'It is not signed: anybody who knows the URL may have sent it. Ringback cannot read the content.',
  compressedSigned: ({ codings, variant }: Compressed) =>
    `${behind(variant)}${codings}; the signature covers the compressed bytes`,
  plainSigned: ({ codings, variant }: Compressed) =>
    `${behind(variant)}${codings}; the signature covers the body before compression`,
  portInUse: ({ port }: { port: number }) =>
    `Port ${port} is in use by another program. Close it, or choose another receiver port in the settings.`,
  portUnusable: ({ port, reason }: { port: number; reason: string }) =>
    `Port ${port} cannot be used for the receiver (${reason}).`,
  notStoredInTime: ({ seconds }: { seconds: number }) =>
    `The disk did not store a callback within ${seconds} seconds. It is stored once the disk responds.`,
  overloaded: () => 'More callbacks arrive than can be stored, as while the disk is slow.',
  addressUnusable: ({ address, port, reason }: { address: string; port: number; reason: string }) =>
    `The receiver cannot listen on port ${port} of ${address} (${reason}). Set RINGBACK_RECEIVER_BIND to an address of this computer.`,
});

/** Why a delivery was rejected, and what differs between it and one that is accepted. */
export const rejectionMessages = defineMessages('rejections', {
  bodyTooLarge: () => 'The body is larger than 1 MB.',
  headersTooLarge: () => 'The headers are larger than 16 KB.',
  malformed: ({ code }: { code: string }) => `The request does not follow HTTP (${code}).`,
  compressed: ({ codings }: { codings: string }) =>
    `The body is compressed (${codings}), and neither the signature matches nor can it be decompressed.`,
  notStored: () =>
    'Only the reason is stored: of deliveries that are too large, of many within a minute and of older ones, the content is not.',
  storedInPart: ({ stored, size }: { stored: number; size: number }) =>
    `The body is ${formatByteSize(size)} long, of which the first ${formatByteSize(stored)} are stored, so its signature cannot be checked again.`,
  hookGone: () => 'What it was sent to no longer exists or is no hook, so there is no secret to check it with.',
  acceptedNow: () =>
    'With the secrets known today it would be accepted: the secret was stored after this delivery came. If the sender retries, it is accepted.',
  expiredSecret: ({ until }: { until: string }) =>
    `It is signed with a secret that this hook had until ${formatDay(until)}. The sender still uses the old one: rotate the secret of the hook.`,
  otherHook: ({ hook }: { hook: string }) =>
    `The signature is of another hook: ${hook}. Its callbacks are sent to the URL of this one.`,
  unknownSecret: () =>
    'None of the known secrets signed these bytes: they were changed on the way, signed with a secret that Ringback does not have, or forged. Check them with the secret that the sender uses.',
  emptyBody: () =>
    'The body is empty. A redirect or a proxy removed it: the URL registered at the provider must lead here directly.',
  cutBody: ({ bytes }: { bytes: number }) =>
    `The body was cut after ${formatByteSize(bytes)}: its JSON does not end. A proxy or tunnel limits the size of requests.`,
  notCheckable: () => 'This delivery cannot be checked again: its hook or its whole body is no longer stored.',
});
