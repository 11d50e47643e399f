import { defineMessages } from './message.ts';

export const forwardMessages = defineMessages('forward', {
  noAddress: () => 'The hook of this event is not forwarded. Enter an address to forward it to.',
  external: () => 'Only the events of hooks that this Ringback created can be forwarded.',
  noBytes: () => 'This event was recovered from the provider. There are no original bytes to forward.',
  unsigned: ({ connection }: { connection: string }) =>
    `${connection} does not sign its callbacks, so that they cannot be signed again. Leave out the secret.`,
  secretLost: () => 'The secret for forwarding can no longer be decrypted. Enter it again in the settings of the hook.',
});
