import { defineMessages } from './message.ts';

export const engineMessages = defineMessages('engine', {
  eventStoreDamaged: ({ file }: { file: string }) =>
    `The event store was damaged. It was set aside as ${file}, and a new one was created.`,
  callbackNotSaved: () => 'A callback could not be saved',
  senderRetries: ({ reason }: { reason: string }) => `${reason} The sender will retry.`,
  senderRetriesDiskFull: ({ reason }: { reason: string }) => `${reason} The sender will retry. Free some space soon.`,
  unknownMethod: ({ method }: { method: string }) => `There is no method "${method}".`,
});
