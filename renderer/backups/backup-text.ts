import type { TFunction } from 'i18next';
import type { Backup } from '../../preload/contract/index.ts';
import { percentText, sizeText } from '../numbers.ts';
import { percentOf, spanText } from './amount.ts';

/** The current step of a backup in progress, without numbers. */
export function runningText(t: TFunction, { state, proving }: Backup): string {
  if (state === 'downloading') return proving ? t('backup.verifyingDownload') : t('backup.downloading');
  if (state === 'requested') return t('backup.requested');
  if (state === 'called-back') return t('backup.calledBack');
  return state === 'resolved' ? t('backup.resolved') : t('backup.created');
}

/** "43 % · 774 MB of 1.8 GB · 12 MB/s · 2 min left", without what is unknown. */
export function progressText(t: TFunction, { bytes, total, rate, remaining, proving }: Backup): string {
  if (bytes === undefined) return t('backup.connecting');
  if (proving) return sizeText(bytes);
  const parts = [
    total ? percentText(percentOf(bytes, total)) : undefined,
    total
      ? t('backup.sizeOf', { size: sizeText(bytes), total: sizeText(total) })
      : t('backup.soFar', { size: sizeText(bytes) }),
    rate ? t('backup.rate', { size: sizeText(rate) }) : undefined,
    remaining === undefined ? undefined : t('backup.left', { time: spanText(remaining) }),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
