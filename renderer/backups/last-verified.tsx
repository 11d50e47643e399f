import './last-verified.css';
import { Anchor } from '@mantine/core';
import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BackupAccount } from '../../preload/contract/index.ts';
import { dayTimeOf, exactOf } from '../clock.ts';
import { sizeText } from '../numbers.ts';
import { useNow } from '../time.tsx';

interface LastVerifiedProps {
  readonly account: BackupAccount;
  onOpen(id: string): void;
}

/** The latest verified backup of an account; a click opens it. */
export function LastVerified({ account: { lastProven }, onOpen }: LastVerifiedProps) {
  const { t } = useTranslation();
  const now = useNow();
  if (!lastProven) {
    return (
      <div className="headline faint">
        <IconShieldQuestion size={18} stroke={1.7} aria-hidden />
        {t('backups.neverVerified')}
      </div>
    );
  }
  const text = t('backups.lastVerified', { time: dayTimeOf(lastProven.at, now), size: sizeText(lastProven.bytes) });
  return (
    <div className="headline">
      <IconShieldCheck size={18} stroke={1.7} className="headline-good" aria-hidden />
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="left"
        className="headline-text"
        title={exactOf(lastProven.at)}
        onClick={() => onOpen(lastProven.id)}
      >
        {text}
      </Anchor>
    </div>
  );
}
