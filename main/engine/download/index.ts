export {
  DownloadError,
  type DownloadOptions,
  type DownloadProgress,
  discardDownload,
  download,
  receivedBytes,
} from './download.ts';
export { diskFailure, errorCode } from './failure.ts';
export { safeFileName } from './file-name.ts';
export { createFolderSync, type FolderSync } from './folder-sync.ts';
export { type BackupFile, manifestPath, readBackup, type Verification, verifyBackup } from './manifest.ts';
