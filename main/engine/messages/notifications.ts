import { defineMessages } from './message.ts';

export const notificationMessages = defineMessages('notifications', {
  manyEvents: ({ count }: { count: number }) => `${count} events arrived`,
  manyOfKind: ({ count, kind, place }: { count: number; kind: string; place: string }) =>
    `${count} ${kind}${place ? ` in ${place}` : ''}`,
  latestAndFailed: ({ event, failed }: { event: string; failed: number }) => `${failed} failed. The latest: ${event}`,
  latestEvent: ({ event }: { event: string }) => `The latest: ${event}`,
  earlierNotifications: ({ count }: { count: number }) => `${count} notifications while they were paused`,
  dailySummary: ({ count }: { count: number }) =>
    `Daily summary: ${count} ${count === 1 ? 'notification' : 'notifications'}`,
  nothingToRetry: () => 'This notification is of nothing that can be started again.',
  testTitle: () => 'Ringback rings',
  testBody: () => 'Notifications reach you.',
});
