import { formatByteSize } from '../../../preload/byte-size.ts';
import { defineMessages } from './message.ts';

const hours = (count: number): string => (count === 1 ? 'an hour' : `${count} hours`);
const span = (count: number): string => (count < 72 ? hours(count) : `${Math.floor(count / 24)} days`);

/** What is said of backups: why one fails or waits, what to do about it, and the notifications of their results. */
export const backupMessages = defineMessages('backups', {
  unsupported: () => 'This connection does not support backups.',
  unknownRequest: ({ request }: { request: string }) => `There is no backup request "${request}" here.`,
  noTunnelToStart: () =>
    'The provider calls back when the backup is ready, and no tunnel is set. Choose one in Settings → Tunnel.',
  notResumable: () => 'This backup cannot be resumed. Request it again.',
  otherInProgress: () => 'Another backup of this account is in progress. Wait for it, or cancel it.',
  alreadyFinished: () => 'This backup is already finished.',
  noFileToVerify: () => 'There is no finished file to verify.',
  filesRemoved: () => 'The files of this backup were removed by retention.',
  otherFile: () => 'A different file has taken its place.',
  closingWhileVerifying: () => 'Ringback is closing, so the backup was not read to its end.',
  folderNotChoosable: () => 'A folder can be chosen in the desktop application only.',
  fileNotRemoved: ({ file }: { file: string }) =>
    `${file} could not be removed. Close the program that uses it, then apply the retention again.`,
  noRetainedBackupOnDisk: () =>
    'None of the backups to be retained is on disk, so nothing was removed. Make a new backup first.',
  pruningFailed: () => 'Old backups could not be removed.',

  publicUrlChanged: () => 'The public URL changed before the callback arrived. The backup was requested again.',
  noTunnel: () => 'No tunnel is set. Backups need one for the callback: choose one in Settings → Tunnel.',
  tunnelConnecting: () => 'The public URL is not up yet.',
  noResponse: () => 'The request got no response, but it may have arrived. Waiting for the callback.',
  interruptedRequest: () => 'Ringback ended before the request was answered. Waiting for the callback.',
  noCallback: ({ hours: count }: { hours: number }) => `No callback arrived within ${hours(count)}.`,
  callbackUnreadable: () =>
    'The callback can no longer be decrypted (the key store changed). Request the backup again.',
  linkUnreadable: () => 'The link can no longer be decrypted (the key store changed). Request the backup again.',
  linkExpired: () => 'The link expired, and the provider gave no new one. Request the backup again.',
  noFileNamed: () => 'The provider named no file. Request the backup again.',
  dataInsteadOfFile: ({ text }: { text: string }) => `The provider sent no file, but this: ${text}`,
  cancelled: () => 'Cancelled.',
  connectionRemoved: () => 'Its connection was removed.',

  stepNeverReturned: ({ attempts }: { attempts: number }) =>
    `Ringback ended ${attempts} times while it worked on this backup, so it was not continued by itself. Resume it, or request a new backup.`,

  resumeOrRequest: () => 'Resume it to request the file once more, or request a new backup.',
  resumeDownload: () => 'The data received is stored: resume the download under Backups.',
  damagedStored: ({ file }: { file: string }) =>
    `The damaged file is stored as ${file} until a newer backup is verified.`,
  publicUrlMoved: ({ previous, current }: { previous: string; current: string }) =>
    `The public URL was ${previous} when the backup was requested and is ${current} now, so the callback cannot arrive. Request it again.`,
  noCallbackReminderPage: () =>
    'Likely causes: the tunnel showed its reminder page to the provider instead of forwarding the callback; the provider is busy or gave up. Check Settings → Tunnel, then request the backup again.',
  noCallbackIntercepted: () =>
    'Likely causes: a proxy or a warning page of the tunnel intercepted the callback; the provider is busy or gave up. Check Settings → Tunnel, then request the backup again.',
  noCallbackUnreachable: () =>
    'Likely causes: the public URL was not reachable; the provider is busy or gave up. Check Settings → Tunnel, then request the backup again.',

  waitingOffline: () => 'There is no network connection.',
  waitingMetered: () => 'The network connection is metered.',
  waitingNoTunnel: () => 'No tunnel is set.',
  waitingTunnel: () => 'The public URL is not up.',
  waitingOther: ({ computer }: { computer: string }) =>
    `${computer} of your team is making it. If that computer stops, this one takes over.`,
  waitingTeam: () =>
    'The server of the team cannot be reached, so it is not known whether another computer is making it.',
  takenOver: ({ computer }: { computer: string }) => `${computer} of your team took over this backup.`,

  verifiedTitle: ({ account, bytes }: { account: string; bytes: number }) =>
    `Backup finished: ${account}, ${formatByteSize(bytes, 'en')}`,
  verifiedFile: ({ file }: { file: string }) => `${file}, verified.`,
  verifiedFiles: ({ file, others }: { file: string; others: number }) => `${file} and ${others} more, verified.`,
  remarkedFile: ({ file }: { file: string }) => `${file}, stored but not fully verified.`,
  remarkedFiles: ({ file, others }: { file: string; others: number }) =>
    `${file} and ${others} more, stored but not fully verified.`,
  renamed: ({ file, serverName }: { file: string; serverName: string }) =>
    `Saved as ${file}; the server's name ${serverName} didn't match the content.`,
  title: ({ request, account }: { request: string; account: string }) => `${request} of ${account}`,
  dataTitle: ({ title }: { title: string }) => `${title} finished`,
  dataBody: () => 'The result is not a file. Open it in Ringback.',
  failedTitle: ({ account }: { account: string }) => `Backup failed: ${account}`,
  timedOutTitle: ({ account }: { account: string }) => `No callback for the backup: ${account}`,
  notStarted: () => "Scheduled backup couldn't start. The next one starts as scheduled.",
  missingTitle: ({ account }: { account: string }) => `Backup missing: ${account}`,
  damagedTitle: ({ account }: { account: string }) => `Backup damaged: ${account}`,
  makeAnother: () => 'Create a new backup now.',
  overdueTitle: ({ account, hours: count }: { account: string; hours: number }) =>
    `No verified backup of ${account} for ${span(count)}`,
  overdueBody: () =>
    'Back it up now, or see under Backups what prevents it. To stop this reminder, change the schedule.',
});
