export {
  DownloadError,
  type DownloadOptions as DownloadMeans,
  discardDownload,
  download,
} from './download.ts';
export { diskFailure, errorCode } from './failure.ts';
export { safeFileName as safe } from './file-name.ts';
export { manifestPath, readBackup, verifyBackup } from './manifest.ts';
