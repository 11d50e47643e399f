/** Texts of rules and pauses of notifications, in English. */
export const notificationTexts = {
  pause: {
    quietHours: 'Quiet hours',
    quietHoursHelp: 'Notifications are collected and shown as one afterwards.',
    from: 'From',
    to: 'To',
    doNotDisturb: 'Follow the system’s do not disturb',
    doNotDisturbHelp:
      'While it is on, this computer collects notifications and shows them as one afterwards. ntfy, e-mail and webhooks are not affected.',
    failures: 'Show failures even while paused',
    digestAt: 'Daily summary at',
    tunnelAlert: 'Alert when the tunnel is down for (minutes)',
  },
  notificationHelp: {
    title: 'How to allow notifications',
    browser: 'Browser: click the icon to the left of the address, and set Notifications to Allow.',
    windows:
      'Windows: open Settings → System → Notifications, turn on Notifications and Ringback, and turn off Do not disturb.',
    macos:
      'macOS: open System Settings → Notifications → Ringback and turn on Allow notifications. Check that no Focus is on.',
    gnome:
      'GNOME: open Settings → Notifications, turn off Do Not Disturb, and turn on Ringback in the list of applications.',
    kde: 'KDE Plasma: open System Settings → Notifications, turn off Do not disturb, and select Ringback under Applications.',
    others:
      'Other desktops: a notification service must be running, such as dunst, mako or xfce4-notifyd. To check: notify-send test',
  },
  rules: {
    removed_one: '{{count}} rule removed.',
    removed_other: '{{count}} rules removed.',
    title: 'Rules',
    help: 'The first matching rule counts. Without one, failures and results have a sound; locks, folder and metadata changes have none.',
    none: 'No rules.',
    condition: 'What',
    mode: 'Notification',
    recent: 'Last 7 days',
    anything: 'Everything',
    until: 'until {{time}}',
    modes: { sound: 'With sound', silent: 'Without sound', digest: 'Daily summary', off: 'Off' },
    outcomes: { success: 'successful', failed: 'failed', info: 'other' },
    anyOutcome: 'Any outcome',
    anyConnection: 'All connections',
    anyHook: 'All hooks',
    connection: 'Connection',
    hook: 'Hook',
    event: 'Event',
    eventHelp: '* stands for any characters, as in file.*',
    outcome: 'Outcome',
    deletedConnection: 'deleted connection',
    deletedHook: 'deleted hook',
    add: 'Add rule',
    remove: 'Remove rule: {{rule}}',
    modeOf: 'Notification for: {{rule}}',
    present: 'Last 7 days: {{counts}}',
    proposed: 'With these rules: {{counts}}',
    counts: '{{sound}} with sound, {{silent}} without, {{digest}} in the summary, {{off}} off',
  },
} as const;
