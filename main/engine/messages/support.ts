import { defineMessages } from './message.ts';

export const supportMessages = defineMessages('support', {
  notSaved: ({ file }: { file: string }) =>
    `${file} could not be written. Choose another folder, or free some space on this one.`,
});
