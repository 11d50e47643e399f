import { defineMessages } from './message.ts';

export const forwardMessages = defineMessages('forward', {
  noAddress: () => 'The hook of this event is not forwarded. Enter an address to forward it to.',
  external: () => 'Only the events of hooks that this Ringback created can be forwarded.',
  noBytes: () => 'This event was recovered from the provider. There are no original bytes to forward.',
  notVerified: () => 'This event was not verified, so Ringback does not sign it. Send it without a secret.',
  unsigned: ({ connection }: { connection: string }) =>
    `${connection} does not sign its callbacks, so that they cannot be signed again. Leave out the secret.`,
  noSample: ({ connection }: { connection: string }) => `There are no samples of the events of ${connection}.`,
  sampleNeedsEvent: ({ event }: { event: string }) =>
    `The hook is registered for the pattern ${event}. Name the event that the sample is to be of.`,
  sampleForeignEvent: ({ hookEvent, event }: { hookEvent: string; event: string }) =>
    `The hook is registered for ${hookEvent}, not for ${event}.`,
  samplePath: ({ path }: { path: string }) => `The sample has no place for the member "${path}".`,
  sampleRejected: ({ status }: { status: number }) =>
    `The sample was answered with status ${status} instead of being accepted. Run diagnosis for this hook.`,
  sampleUnreachable: ({ reason }: { reason: string }) =>
    `The sample did not arrive at the hook's public address: ${reason}. Run diagnosis for this hook.`,
  gaveUpTitle: ({ hook }: { hook: string }) => `Event not forwarded: ${hook}`,
  gaveUp: ({ url, reason }: { url: string; reason: string }) =>
    `${url} did not accept an event within an hour (${reason}). Send it again with "ringback resend" once the handler works.`,
  unencrypted: ({ host }: { host: string }) =>
    `Events are forwarded to ${host} without encryption: others can read them on the way, and send them again with their signature. Use an https address.`,
  secretLost: () => 'The secret for forwarding can no longer be decrypted. Enter it again in the settings of the hook.',
});
