import { formatByteSize } from '../../../preload/byte-size.ts';
import { defineMessages } from './message.ts';
import { describeNetworkFailure, type NetworkFailure } from './network.ts';
import { formatDay } from './times.ts';

const size = (bytes: number): string => formatByteSize(bytes, 'en');
const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);
const are = (count: number): string => (count === 1 ? 'is' : 'are');

interface SpaceMissing {
  readonly free: number;
  readonly kept: number;
  readonly folder: string;
}

interface Received {
  readonly received: number;
  readonly total?: number;
}

const part = (received: number, total?: number): string =>
  total === undefined ? size(received) : `${size(received)} of ${size(total)}`;

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
  privateAddress: ({ host }: { host: string }) =>
    `The download address leads to ${host}, which is in a private network, although the provider is not. It was rejected. Request the backup again.`,
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
  partsUnasked: () =>
    'The server sent parts of the file (multipart/byteranges) although the whole file was requested. Request the backup again; if this repeats, ask the provider to send the whole file.',
  codingUnknown: ({ coding }: { coding: string }) =>
    `The server sent the file in the coding “${coding}”, which Ringback cannot undo. Request the backup again; if this repeats, ask the provider to send it uncompressed.`,
  codingDamaged: ({ coding }: { coding: string }) =>
    `The server compressed the file for the transfer (${coding}), and the compressed data is damaged or ends too early.`,
  codingExpands: ({ received, factor }: { received: number; factor: number }) =>
    `${size(received)} from the server expand to more than ${factor} times their size, so the download was rejected. Ask the provider what was sent.`,
  tooLong: ({ announced }: { announced: number }) =>
    `The server sent more than the ${size(announced)} it had announced.`,

  notStarted: ({ attempts }: { attempts: number }) =>
    `The download did not start after ${attempts} attempts. Check the network, then resume it.`,
  stopped: ({ received, total, attempts }: Received & { attempts: number }) =>
    `The download stopped after ${part(received, total)}; ${attempts} attempts brought no more. The data received is stored, so it can be resumed.`,
  repeated: ({ received, total, attempts, excess }: Received & { attempts: number; excess: number }) =>
    `The download stopped after ${attempts} lost connections: the server starts the file from its beginning each time, and ${size(excess)} were received again. ${part(received, total)} are stored. Try at another time or on another network; if this repeats, ask the provider to send an ETag and to accept ranges.`,
  fragments: ({ received, total, attempts }: Received & { attempts: number }) =>
    `The download stopped after ${attempts} lost connections, each of which brought only a little. ${part(received, total)} are stored, so it can be resumed. Check the network and the proxy first.`,
  tooSlow: ({ received, total, slowest, minutes }: Received & { slowest: number; minutes: number }) =>
    `The download stopped: less than ${size(slowest)} arrived in ${minutes} minutes. ${part(received, total)} are stored, so it can be resumed.`,

  diskTooSmall: ({ needed, free, kept, folder }: SpaceMissing & { needed: number }) =>
    `The backup needs ${size(needed)}, but only ${size(free)} are free in ${folder}, of which ${size(kept)} stay free for Ringback to store callbacks. Free some space, then start it again.`,
  diskTooSmallForRest: ({ needed, free, kept, folder }: SpaceMissing & { needed: number }) =>
    `The backup needs ${size(needed)} more, but only ${size(free)} are free in ${folder}, of which ${size(kept)} stay free for Ringback to store callbacks. Free some space, then start it again.`,
  diskReserve: ({ free, kept, folder }: SpaceMissing) =>
    `Only ${size(free)} are free in ${folder}, and ${size(kept)} must stay free for Ringback to store callbacks. Free some space, or change the reserve in Settings → Backups, then start the backup again. The data received so far is stored.`,
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
  onlyZeros: ({ received }: { received: number }) =>
    `The server sent ${size(received)} of zeros instead of a backup. Request the backup again.`,
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

  zipEndMissing: () =>
    'The zip archive is damaged or ends too early: its end record is missing. Request the backup again.',
  zipDirectoryDamaged: () =>
    'The zip archive is damaged or ends too early: its directory is incomplete. Request the backup again.',
  zipSplit: () => 'The file is one part of a split zip archive. Request the backup again.',
  zipEmpty: () => 'The zip archive is empty. Request the backup again.',
  zipOverlapping: () => 'The entries of the zip archive exceed its size. Request the backup again.',
  zipEntryMissing: () => 'The zip archive is damaged or ends too early: an entry is missing. Request the backup again.',
  zipEntryUnreadable: ({ reason }: { reason: string }) =>
    `The zip archive is damaged: an entry cannot be decompressed (${reason}). Request the backup again.`,
  zipEntryShort: ({ read, declared }: { read: number; declared: number }) =>
    `The zip archive is damaged: an entry ended after ${size(read)} of ${size(declared)}. Request the backup again.`,
  zipEntryLong: ({ declared }: { declared: number }) =>
    `The zip archive is damaged: an entry is longer than the ${size(declared)} it declares. Request the backup again.`,
  zipChecksum: () => 'The zip archive is damaged: the checksum of an entry does not match. Request the backup again.',
  streamEndsEarly: ({ container }: { container: string }) =>
    `The ${container} archive ends too early. Request the backup again.`,
  streamDamaged: ({ container, reason }: { container: string; reason: string }) =>
    `The ${container} archive is damaged (${reason}). Request the backup again.`,
  gzipChecksum: () => 'The gzip archive is damaged (its checksum does not match). Request the backup again.',
  headersDamaged: ({ container }: { container: string }) =>
    `The headers of the ${container} archive are damaged. Request the backup again.`,
  archiveEmpty: ({ container }: { container: string }) =>
    `The ${container} archive is empty. Request the backup again.`,
  tarDamaged: () => 'The tar archive is damaged: a header is invalid. Request the backup again.',
  tarEndsEarly: () => 'The tar archive ends too early. Request the backup again.',

  zipLeadingBytes: ({ bytes }: { bytes: number }) => `${size(bytes)} precede the zip archive.`,
  zipTrailingBytes: ({ bytes }: { bytes: number }) => `${size(bytes)} follow the zip archive.`,
  zipSeveralEnds: () => 'The zip archive contains several end records.',
  zipEndExtended: () => 'The end record of the zip archive has additional fields, which some tools cannot read.',
  zipContradictoryEnds: () => 'The end records of the zip archive contradict each other.',
  zipCountDiffers: ({ declared, found }: { declared: number; found: number }) =>
    `The zip archive declares ${declared} entries and contains ${found}.`,
  zipDirectoryTrailing: ({ bytes }: { bytes: number }) =>
    `${size(bytes)} between the directory of the zip archive and its end were not checked.`,
  zipDirectorySizeDiffers: () => 'The directory of the zip archive has another size than declared.',
  zipUncovered: ({ bytes }: { bytes: number }) => `${size(bytes)} of the zip archive belong to no entry.`,
  zipEncrypted: ({ count }: { count: number }) =>
    `${entries(count)} of the zip archive ${are(count)} encrypted, so the content was not checked.`,
  zipMethodUnknown: ({ count }: { count: number }) =>
    `${entries(count)} of the zip archive ${count === 1 ? 'uses' : 'use'} a compression that cannot be checked.`,
  zipHeadersDiffer: ({ count }: { count: number }) =>
    `The headers of ${entries(count)} of the zip archive differ from its directory.`,
  zipExtraFields: ({ count }: { count: number }) =>
    `The extra fields of ${entries(count)} of the zip archive are invalid.`,
  zipFolderSizes: ({ count }: { count: number }) =>
    `${entries(count)} of the zip archive ${are(count)} a folder with a size.`,
  zipSizesDiffer: ({ count }: { count: number }) =>
    `${entries(count)} of the zip archive ${count === 1 ? 'has' : 'have'} another size than declared.`,
  zipEntryTrailing: ({ count }: { count: number }) =>
    `Unused bytes follow the data of ${entries(count)} of the zip archive.`,
  zipDescriptors: ({ count }: { count: number }) =>
    `The data descriptor of ${entries(count)} of the zip archive is missing or differs.`,
  streamPadding: ({ container, bytes }: { container: string; bytes: number }) =>
    `The ${container} archive is padded with ${bytes} zeros.`,
  streamTrailingBytes: ({ container, bytes }: { container: string; bytes: number }) =>
    `${size(bytes)} of other data follow the ${container} archive.`,
  partUnreadable: ({ container }: { container: string }) =>
    `Another part of the ${container} archive follows whose beginning is damaged: its contents are missing.`,
  withoutChecksums: ({ container }: { container: string }) =>
    `The ${container} archive was made without checksums, so changed contents cannot be noticed.`,
  archiveWithoutData: ({ container }: { container: string }) => `The ${container} archive contains no data.`,
  archiveOfZeros: ({ container }: { container: string }) => `The ${container} archive contains only zeros.`,
  archiveOfWebPage: ({ container }: { container: string }) => `The ${container} archive contains a web page.`,
  archiveOfError: ({ container }: { container: string }) =>
    `The content of the ${container} archive reads like an error. Check that it is the backup.`,
  tarEndMissing: () => 'The tar archive has no end marker.',
  tarHeadersUnread: () => 'An extended header of the tar archive is invalid.',
  tarTrailingBytes: () => 'Other data follows the tar archive.',
  moreMayFollow: ({ container }: { container: string }) =>
    `The server did not say where the file ends, and a ${container} archive can have further parts.`,
  contentUnchecked: ({ container }: { container: string }) =>
    `The contents of a ${container} archive cannot be checked by Ringback.`,
  contentTooLong: ({ container, checked }: { container: string; checked: number }) =>
    `The contents of the ${container} archive are unusually large for its size: the first ${size(checked)} were decompressed without an error, and the rest was not checked.`,

  manifestMissing: ({ file }: { file: string }) => `${file} has no manifest to compare it with.`,
  sizeChanged: ({ bytes, verified }: { bytes: number; verified: number }) =>
    `The file has ${bytes} bytes instead of the ${verified} bytes that were verified.`,
  contentChanged: ({ verifiedAt }: { verifiedAt: string }) =>
    `The content has changed since it was verified on ${formatDay(verifiedAt)}.`,
  fileMissing: ({ file }: { file: string }) => `${file} is no longer in its folder.`,
  fileUnreadable: () => 'The disk can no longer read the file.',
});
