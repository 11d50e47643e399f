import { defineMessages } from './message.ts';

export const ingressMessages = defineMessages('ingress', {
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
