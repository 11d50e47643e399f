import { defineMessages } from './message.ts';

export const leaveMessages = defineMessages('leave', {
  byHand: ({ folder }: { folder: string }) =>
    `This host cannot delete its own data. Stop Ringback, then delete the folder ${folder}.`,
  hooksRemain: ({ connection }: { connection: string }) =>
    `The hooks of ${connection} could not all be deleted, so nothing else was removed.`,
  tryAgain: () => 'Try again, or leave the hooks at the provider.',
});

/** Why something that was removed is still there. */
export const removalMessages = defineMessages('removals', {
  failed: ({ removed }: { removed: string }) => `"${removed}" could not be removed.`,
});
