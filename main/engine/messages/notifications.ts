import { defineMessages } from './message.ts';

export const notificationMessages = defineMessages('notifications', {
  manyEvents: ({ count }: { count: number }) => `${count} events arrived`,
  latestEvent: ({ event }: { event: string }) => `The latest: ${event}`,
  testTitle: () => 'Ringback rings',
  testBody: () => 'Notifications reach you.',
});
