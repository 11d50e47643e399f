import { defineMessages } from '../../engine/messages/index.ts';

/** Where notifications are sent. */
export const notifyMessages = defineMessages('cliNotify', {
  group: () => 'Where notifications are sent besides this computer',
  ls: () => 'List them',
  add: () => 'Send notifications to ntfy, to a webhook, by mail, or to the screen of this computer',
  kind: () => 'what receives them',
  fields: () => 'Fields:',
  remarks: () =>
    'The format of a webhook is json, slack or teams; security is starttls, tls or none. notify-send shows\nnotifications of a headless host on a Linux desktop.',
  rm: () => 'Send nothing there any more',
  enable: () => 'Send notifications there again',
  disable: () => 'Send nothing there for now',
  test: () => 'Send a test notification now',
  id: () => 'ID',
  kindHeading: () => 'KIND',
  state: () => 'STATE',
  waiting: () => 'WAITING',
  name: () => 'NAME',
  target: () => 'TARGET',
  nowhere: () => 'Notifications are sent nowhere. Add a place with: ringback notify add',
  noSetting: ({ kind, name }: { kind: string; name: string }) => `${kind} has no setting "${name}".`,
  tested: ({ name }: { name: string }) => `Sent a test notification to ${name}`,
});
