import { defineMessages } from './message.ts';

export const engineMessages = defineMessages('engine', {
  eventStoreDamaged: ({ file }: { file: string }) =>
    `The event store was damaged. It was set aside as ${file}, and a new one was created.`,
  eventStoreLocked: ({ file }: { file: string }) =>
    `Another program has locked the event store ${file}. Close the program, or exclude the file from its backup or scan.`,
  eventStoreLockedBy: ({ file, program, process }: { file: string; program: string; process: number }) =>
    `${program} (process ${process}) has locked the event store ${file}. Close it, or exclude the file from its backup or scan.`,
  eventStoreUnusable: ({ file, reason }: { file: string; reason: string }) =>
    `The event store ${file} cannot be used: ${reason}.`,
  diskRefuses: ({ reason }: { reason: string }) => `The disk is full or refuses to write (${reason}).`,
  eventStoreFailed: ({ reason }: { reason: string }) => `The store failed (${reason}).`,
  callbackNotSaved: () => 'A callback could not be saved',
  callbackUnsaved: () => 'A callback could not be saved.',
  callbackNotShown: () => 'A callback cannot be shown yet',
  callbackDelayed: () => 'A callback was received and cannot be shown yet.',
  kept: () => 'It is kept, and appears once it can be stored.',
  keptDiskFull: () => 'It is kept, and appears once there is room. Free some space soon.',
  senderRetries: () => 'The sender will retry.',
  senderRetriesDiskFull: () => 'The sender will retry. Free some space soon.',
  internal: () => 'Something went wrong inside Ringback. The log has the details.',
  unknownLink: ({ link }: { link: string }) => `There is no help page "${link}".`,
  unknownMethod: ({ method }: { method: string }) => `There is no method "${method}".`,
});
