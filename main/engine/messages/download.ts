import { formatByteSize } from '../../../preload/byte-size.ts';
import { formatDay } from './day.ts';
import { defineMessages } from './message.ts';
import { describeNetworkFailure, type NetworkFailure } from './network.ts';

const size = (bytes: number): string => formatByteSize(bytes, 'en');

/** What is said of a downloaded file, of its download, and of the disk it goes to. */
export const downloadMessages = defineMessages('download', {
  addressMissing: () => 'The server gave no usable download address. Request the backup again.',
  addressWithPassword: () => 'The download address contains a password, so it was rejected. Request the backup again.',
  addressScheme: ({ scheme }: { scheme: string }) =>
    `The download address uses ${scheme} instead of https, so it was rejected. Request the backup again.`,
  addressUnencrypted: ({ host }: { host: string }) =>
    `The download from ${host} would not be encrypted (http), so it was rejected. Turn on “Allow downloads without encryption” in Settings → Backups to permit it.`,
  redirectedToThisComputer: ({ host }: { host: string }) =>
    `${host} redirected the download to this computer, so it was rejected. Request the backup again.`,
  redirectedTooOften: ({ limit }: { limit: number }) =>
    `The download address redirected more than ${limit} times. Request the backup again.`,

  addressExpired: ({ status }: { status: number }) =>
    `The download address has expired (${status}). Request the backup again.`,
  accessDenied: ({ status }: { status: number }) =>
    `The server denied access to the file (${status}). Check the connection, then request the backup again.`,
  unexpectedStatus: ({ status }: { status: number }) =>
    `The server responded with ${status} instead of a backup. Request the backup again.`,
  unusableRedirect: ({ status }: { status: number }) =>
    `The server responded with ${status} and a redirect that cannot be followed. Request the backup again.`,
  retryLater: ({ minutes }: { minutes: number }) => `The server asks to retry in ${minutes} minutes.`,

  connectionLost: () => 'The connection was lost.',
  endedEarly: () => 'The connection ended early.',
  noResponse: ({ host, ...failure }: NetworkFailure & { host: string }) =>
    `No response from ${host} (${describeNetworkFailure(failure)}).`,
  untrustedCertificate: ({ host, ...failure }: NetworkFailure & { host: string }) =>
    `${host} presents a certificate that is not trusted (${describeNetworkFailure(failure)}).`,
  stalled: ({ seconds }: { seconds: number }) => `No data was received for ${seconds} s.`,
  preparing: () => 'The server is still preparing the file.',
  rateLimited: () => 'The server limits the rate of requests (429).',
  serverFailed: ({ status }: { status: number }) => `The server failed (${status}).`,
  wrongRange: () => 'The server sent a different part of the file than requested.',
  tooLong: ({ announced }: { announced: number }) =>
    `The server sent more than the ${size(announced)} it had announced.`,

  notStarted: ({ attempts }: { attempts: number }) =>
    `The download did not start after ${attempts} attempts. Check the network, then resume it.`,
  stopped: ({ received, total, attempts }: { received: number; total?: number; attempts: number }) =>
    `The download stopped after ${size(received)}${total === undefined ? '' : ` of ${size(total)}`}; ${attempts} attempts brought no more. The data received is stored, so it can be resumed.`,

  diskTooSmall: ({ needed, free, folder }: { needed: number; free: number; folder: string }) =>
    `The backup needs ${size(needed)}, but only ${size(free)} are free in ${folder}. Free some space, then start it again.`,
  diskTooSmallForRest: ({ needed, free, folder }: { needed: number; free: number; folder: string }) =>
    `The backup needs ${size(needed)} more, but only ${size(free)} are free in ${folder}. Free some space, then start it again.`,
  diskFull: () => 'The disk is full. Free some space, then start the backup again. The data received so far is stored.',
  diskQuota: () =>
    'The disk quota is used up. Free some space, then start the backup again. The data received so far is stored.',
  fileTooLarge: () => 'The disk cannot store a file this large. Choose a folder on another disk.',
  folderMissing: () => 'The backup folder no longer exists. Choose another one, or restore it.',
  folderIsFile: () => 'The backup folder is not a folder. Choose another one.',
  folderNotWritable: () => 'The backup folder is not writable. Choose another one, or change its permissions.',
  diskReadOnly: () => 'The disk of the backup folder is read-only. Choose another folder.',
  diskFailed: ({ code }: { code: string }) => `The disk could not be read or written (${code}).`,

  emptyFile: () => 'The server sent an empty file instead of a backup.',
  webPage: () => 'The server sent a web page instead of a backup.',
  errorResponse: ({ text }: { text?: string }) =>
    `The server sent an error instead of a backup${text === undefined ? '' : `: ${text}`}.`,
  shortText: ({ text }: { text: string }) => `The server sent a short text instead of a backup: ${text}.`,

  tooShort: ({ received, announced }: { received: number; announced: number }) =>
    `The file ended after ${size(received)} of ${size(announced)}. Request the backup again.`,
  longerThanAnnounced: ({ received, announced }: { received: number; announced: number }) =>
    `The file has ${size(received)}, but the server announced ${size(announced)}. Request the backup again.`,
  readBackDiffers: () =>
    'The disk returned different bytes than were written to it. Check the disk, then request the backup again.',
  extensionMismatch: ({ file, container }: { file: string; container: string }) =>
    `The file is called ${file} but is a ${container} archive. Request the backup again.`,
  notAnArchive: ({ file, extension }: { file: string; extension: string }) =>
    `The file is called ${file} but is not a ${extension} archive. Request the backup again.`,
  endUnknown: ({ received }: { received: number }) =>
    `The server sent ${size(received)} without announcing the length. A lost connection looks the same, so the file may be incomplete and does not count as a backup. Try again. If this repeats, ask the provider for a zip archive or for a server that sends Content-Length.`,

  zipUnreadable: ({ reason }: { reason: string }) =>
    `The zip archive is damaged or ends too early (${reason}). Request the backup again.`,
  zipEmpty: () => 'The zip archive is empty. Request the backup again.',
  zipOverlapping: () => 'The entries of the zip archive exceed its size. Request the backup again.',
  zipEntryShort: ({ read, declared }: { read: number; declared: number }) =>
    `The zip archive is damaged: an entry ended after ${size(read)} of ${size(declared)}. Request the backup again.`,
  zipChecksum: () => 'The zip archive is damaged: the checksum of an entry does not match. Request the backup again.',
  gzipEndsEarly: () => 'The gzip archive ends too early. Request the backup again.',
  gzipDamaged: ({ reason }: { reason: string }) => `The gzip archive is damaged (${reason}). Request the backup again.`,
  gzipTrailingData: () => 'The gzip archive is followed by unrelated data. Request the backup again.',

  manifestMissing: ({ file }: { file: string }) => `${file} has no manifest to compare it with.`,
  sizeChanged: ({ bytes, verified }: { bytes: number; verified: number }) =>
    `The file has ${bytes} bytes instead of the ${verified} bytes that were verified.`,
  contentChanged: ({ verifiedAt }: { verifiedAt: string }) =>
    `The content has changed since it was verified on ${formatDay(verifiedAt)}.`,
  fileMissing: ({ file }: { file: string }) => `${file} is no longer in its folder.`,
  fileUnreadable: () => 'The disk can no longer read the file.',
});
