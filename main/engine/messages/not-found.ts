import { defineMessages } from './message.ts';

/** What is said of an id that names nothing. */
export const notFoundMessages = defineMessages('not-found', {
  connection: () => 'This connection no longer exists.',
  event: () => 'This event no longer exists.',
  rejection: () => 'This rejected delivery is no longer stored.',
  notification: () => 'This notification no longer exists, or is of nothing that can be muted.',
  hook: () => 'This hook no longer exists. Refresh the list.',
  backup: () => 'This backup no longer exists.',
  job: () => 'This job no longer exists.',
  sink: () => 'Notifications are not sent there any more.',
});
