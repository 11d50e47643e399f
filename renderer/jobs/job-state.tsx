import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockX,
  IconHelpCircle,
  IconHourglass,
  IconProgress,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/index.ts';
import { type JobKind, kindOf } from './job-list.ts';

const iconOf: Record<JobKind, Icon> = {
  queued: IconHourglass,
  running: IconProgress,
  success: IconCircleCheck,
  partly: IconAlertTriangle,
  failed: IconCircleX,
  timeout: IconClockX,
  unknown: IconHelpCircle,
};

/** The icon of the state, distinguished by shape and colour. */
export function JobIcon({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const kind = kindOf(job);
  const Present = iconOf[kind];
  const text = t(`job.state.${kind}`);
  return (
    <span className={`job-icon job-${kind}`} role="img" aria-label={text} title={text}>
      <Present size={20} stroke={1.7} aria-hidden />
    </span>
  );
}
