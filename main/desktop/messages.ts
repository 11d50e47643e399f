import type { Language } from '../../preload/languages/index.ts';
import { defineMessages, type Message, translateMessage } from '../engine/messages/index.ts';

/** Messages of the tray and of the buttons of notifications. */
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
  doNotDisturb: () => 'Notifications paused: do not disturb is on',
  openNotification: () => 'Open',
  copyError: () => 'Copy error',
  translateAgain: () => 'Translate again',
  backUpAgain: () => 'Back up again',
});

/** Messages of dialogs, menus and warnings of the desktop application. */
export const desktopMessages = defineMessages('desktop', {
  noKeyStore: () => 'This desktop has no key store',
  noKeyStoreDetail: () =>
    'Ringback stores client secrets and passwords. Without GNOME Keyring or KWallet anybody who can read your files can read them too. To change your answer later, start Ringback with --ask-key-store.',
  doNotAskAgain: () => 'Do not ask again',
  keepNoSecrets: () => 'Keep no secrets',
  keepSecrets: () => 'Keep them all the same',
  keyStoreFails: () => 'The keyring cannot be used',
  keyStoreFailsDetail: () =>
    'Stored client secrets and passwords are encrypted with a key in your keyring, which is locked or does not respond. Unlock it, then restart Ringback. Nothing stored is lost. Without it, connections do not work until their secrets are entered again.',
  restart: () => 'Restart Ringback',
  continueWithout: () => 'Continue without the keyring',
  quit: () => 'Quit Ringback',
  noTray: () => 'This desktop shows no tray icons',
  noTrayDetail: () =>
    'Ringback can go on receiving without its window. Start it again to get the window back. On GNOME the extension "AppIndicator and KStatusNotifierItem Support" brings tray icons.',
  goOn: () => 'Go on without the window',
  cancel: () => 'Cancel',
  keyStoreLocked: () => 'The keyring is locked',
  keyStoreLockedDetail: () =>
    'Ringback needs its key store to read client secrets and passwords. Unlock the keyring to continue. Until then no callback is accepted; their senders try again.',
  keepWaiting: () => 'Keep waiting',
  weakKeyStore: () =>
    'This desktop has no key store, so stored secrets are protected by your file permissions alone. Install GNOME Keyring or KWallet for better.',
  secretsRejected: () =>
    'This desktop has no key store and you did not agree to do without, so no secret can be kept. Install GNOME Keyring or KWallet, or start Ringback with --ask-key-store and agree.',
  secretOfOther: ({ place }: { place: string }) =>
    `A stored secret was encrypted by ${place || 'another key store'} and cannot be opened now. Enter it again.`,
  backupFolder: () => 'Where backups are put',
  chooseBackupFolder: () => 'Put backups here',
  saveFile: () => 'Save file',
  stillStarts: () =>
    'The system still starts Ringback at login. Remove it from the login items in the system settings.',
  startNeedsApproval: () =>
    'The system waits for your approval to start Ringback at login. Allow it in the system settings, under Login Items.',
  doesNotStart: () => 'The system does not start Ringback at login. Add it to the login items in the system settings.',
  strayError: () => 'Something went wrong inside Ringback. It keeps running; the log has the details.',
  notShown: ({ reason }: { reason: string }) =>
    `The system did not show the notification (${reason}). Allow notifications for Ringback in the system settings.`,
  noService: () =>
    'The system did not show the notification (no notification service answers). Allow notifications for Ringback in the system settings.',
  notConfirmed: () =>
    'The system did not show the notification (it did not confirm it). Allow notifications for Ringback in the system settings.',
  couldNotStart: () => 'Ringback could not start',
  noDisplay: () =>
    'Ringback could not start: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set). Start it in a desktop session; on a server run the headless host.',
});

/** Messages of the menus, since Electron's roles have English labels only, and of the about panel. */
export const menuMessages = defineMessages('menu', {
  about: () => 'About Ringback',
  copyright: () => 'Copyright © The Ringback authors. The licenses of third parties are in the settings, under About.',
  services: () => 'Services',
  hide: () => 'Hide Ringback',
  hideOthers: () => 'Hide others',
  showAll: () => 'Show all',
  quit: () => 'Quit Ringback',
  edit: () => 'Edit',
  undo: () => 'Undo',
  redo: () => 'Redo',
  cut: () => 'Cut',
  copy: () => 'Copy',
  copyLink: () => 'Copy link',
  paste: () => 'Paste',
  pasteAsText: () => 'Paste and match style',
  delete: () => 'Delete',
  selectAll: () => 'Select all',
  view: () => 'View',
  actualSize: () => 'Actual size',
  zoomIn: () => 'Zoom in',
  zoomOut: () => 'Zoom out',
  fullScreen: () => 'Full screen',
  window: () => 'Window',
  minimize: () => 'Minimize',
  zoom: () => 'Zoom',
  bringToFront: () => 'Bring all to front',
  close: () => 'Close window',
});

/** The text of a message in this language. */
export function say(message: Message, language: Language | undefined = 'en'): string {
  return translateMessage(language, message, message.text);
}
