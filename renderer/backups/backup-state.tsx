import {
  type Icon,
  IconAlertTriangle,
  IconCircleOff,
  IconCircleX,
  IconClockX,
  IconFileOff,
  IconFileText,
  IconProgress,
  IconShieldCheck,
  IconShieldExclamation,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../preload/contract/index.ts';
import { type BackupKind, kindOf } from './backup-list.ts';

const iconOf: Record<BackupKind, Icon> = {
  running: IconProgress,
  good: IconShieldCheck,
  remarked: IconShieldExclamation,
  altered: IconAlertTriangle,
  missing: IconFileOff,
  removed: IconTrash,
  result: IconFileText,
  failed: IconCircleX,
  cancelled: IconCircleOff,
  timedOut: IconClockX,
};

/** The icon of the state, distinguished by shape and colour. */
export function BackupIcon({ backup }: { readonly backup: Backup }) {
  const { t } = useTranslation();
  const kind = kindOf(backup);
  const Present = iconOf[kind];
  const text = t(`backupKind.${kind}`);
  return (
    <span className={`backup-icon backup-${kind}`} role="img" aria-label={text} title={text}>
      <Present size={20} stroke={1.7} aria-hidden />
    </span>
  );
}
