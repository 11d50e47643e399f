import type { Language } from '../../preload/languages/index.ts';
import { defineMessages, type Message, translateMessage } from '../engine/messages/index.ts';

/** What the tray and the buttons of notifications say. */
export const trayMessages = defineMessages('tray', {
  ready: () => 'Ready: callbacks reach this computer',
  idle: () => 'Ready: the tunnel opens when something needs it',
  connecting: () => 'Connecting…',
  off: () => 'No tunnel: set one up to receive callbacks',
  unreachable: ({ problem }: { problem: string }) => `Not reachable: ${problem}`,
  tunnelDown: () => 'Not reachable: the tunnel is down',
  jobs: ({ count }: { count: number }) => (count === 1 ? '1 job in progress' : `${count} jobs in progress`),
  jobQueued: ({ name }: { name: string }) => `${name}: queued`,
  jobRunning: ({ name }: { name: string }) => `${name}: in progress`,
  jobSuccess: ({ name }: { name: string }) => `${name}: finished`,
  jobFailed: ({ name }: { name: string }) => `${name}: failed`,
  jobTimeout: ({ name }: { name: string }) => `${name}: timed out`,
  lastBackup: ({ backup }: { backup: string }) => `Last verified backup: ${backup}`,
  lastBackupOf: ({ name, backup }: { name: string; backup: string }) => `${name}: last verified backup ${backup}`,
  noBackup: () => 'No verified backup yet',
  noBackupOf: ({ name }: { name: string }) => `${name}: no verified backup yet`,
  overdue: ({ line }: { line: string }) => `${line} (overdue)`,
  verifying: ({ name }: { name: string }) => `${name}: verifying the backup`,
  downloading: ({ name, progress }: { name: string; progress: string }) =>
    `${name}: downloading the backup, ${progress}`,
  percent: ({ percent, total }: { percent: number; total: string }) => `${percent}% of ${total}`,
  noEvents: () => 'No events yet',
  open: () => 'Open Ringback',
  support: () => 'Save support file…',
  quit: () => 'Quit Ringback',
  updateReady: ({ version }: { version: string }) => `Ringback ${version} is ready to install…`,
  updateAvailable: ({ version }: { version: string }) => `Ringback ${version} is available…`,
  backUp: () => 'Back up now',
  inProgress: ({ name }: { name: string }) => `${name} (in progress)`,
  notificationsOff: () => 'Notifications are turned off',
  pause: () => 'Pause notifications for 1 hour',
  resume: ({ time }: { time: string }) => `Resume notifications (paused until ${time})`,
  quiet: ({ time }: { time: string }) => `Notifications paused until ${time}`,
  openNotification: () => 'Open',
  copyError: () => 'Copy error',
  translateAgain: () => 'Translate again',
  backUpAgain: () => 'Back up again',
});

/** The message in this language. */
export function say(message: Message, language: Language | undefined = 'en'): string {
  return translateMessage(language, message, message.text);
}
