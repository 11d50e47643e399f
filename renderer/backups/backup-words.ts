import type { TFunction } from 'i18next';
import type { Backup } from '../../preload/contract.ts';
import { percentOf, sizeWords, spanWords } from './amount.ts';

/** What a backup under way is at, without any number. */
export function runningWords(t: TFunction, { state, proving }: Backup): string {
  if (state === 'downloading') return proving ? t('backup.proving') : t('backup.downloading');
  if (state === 'requested') return t('backup.requested');
  if (state === 'called-back') return t('backup.calledBack');
  return state === 'resolved' ? t('backup.resolved') : t('backup.created');
}

/** "43 % · 774 MB of 1.8 GB · 12 MB/s · 2 min left", as much of it as is known. */
export function farWords(t: TFunction, { bytes, total, rate, remaining, proving }: Backup): string {
  if (bytes === undefined) return t('backup.connecting');
  if (proving) return sizeWords(bytes);
  const parts = [
    total ? t('backup.percent', { percent: percentOf(bytes, total) }) : undefined,
    total
      ? t('backup.sizeOf', { size: sizeWords(bytes), total: sizeWords(total) })
      : t('backup.soFar', { size: sizeWords(bytes) }),
    rate ? t('backup.rate', { size: sizeWords(rate) }) : undefined,
    remaining === undefined ? undefined : t('backup.left', { time: spanWords(remaining) }),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
