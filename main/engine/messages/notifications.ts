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
  testTitle: () => 'Test notification',
  testBody: () => 'Notifications are working.',
  sinkFailed: ({ sink, reason }: { sink: string; reason: string }) =>
    `The notification could not be sent to ${sink}: ${reason}`,
  sinkDenied: ({ sink, reason }: { sink: string; reason: string }) =>
    `${sink} accepts no notifications: ${reason}. Check its address and token; what waits is sent again for a day.`,
  sinkRejected: ({ sink, reason }: { sink: string; reason: string }) =>
    `${sink} rejected a notification, which is not sent again: ${reason}`,
  sinkGaveUp: ({ sink, reason }: { sink: string; reason: string }) =>
    `A notification could not be sent to ${sink} within a day: ${reason}`,
  noMail: () => 'this host sends no mail',
  mailSignIn: ({ text }: { text: string }) => `the mail server does not accept the user name and password (${text})`,
  mailRejected: ({ text }: { text: string }) => `the mail server does not accept the mail (${text})`,
  mailUnencrypted: ({ text }: { text: string }) => `the connection to the mail server could not be encrypted (${text})`,
  programMissing: ({ program }: { program: string }) => `${program} is not installed`,
  programSlow: ({ seconds }: { seconds: number }) => `it did not end within ${seconds} s`,
  programEnded: ({ signal }: { signal: string }) => `it was ended by ${signal}`,
  programFailed: ({ code }: { code: number }) => `it ended with exit code ${code}`,
  sinkSecretsLost: ({ sink }: { sink: string }) =>
    `The secrets of ${sink} can no longer be decrypted. Remove it and add it again.`,
  sinkPasswordUnencrypted: () =>
    'The password would be sent to the mail server without encryption. Choose "starttls" or "tls".',
  sinkPasswordAlone: () => 'A password needs a user name.',
  sinkSecretSentOpenly: ({ sink }: { sink: string }) =>
    `The token or password of ${sink} is sent without encryption, so that others can read it on the way. Remove it under Settings → Send elsewhere, then add it again with an https address or an encrypted mail server.`,
  sinkTokenUnencrypted: () => 'The token would be sent without encryption. Use an https address.',
  sinkTopicInvalid: () =>
    'The address must end in a topic of at most 64 letters, digits, "_" and "-", such as https://ntfy.sh/my-topic.',
  sinkExpired: ({ sink }: { sink: string }) =>
    `A notification for ${sink} waited for more than a day, and is not sent any more.`,
  sinkNotOnScreen: () =>
    'Only a headless host on Linux shows notifications by notify-send. The desktop application shows them itself.',
  sinkOfHost: () => 'The command comes from RINGBACK_NOTIFY_COMMAND and can be changed there alone.',
});
