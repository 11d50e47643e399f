import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../preload/contract/index.ts';

const lightOf = {
  active: 'good',
  reactivated: 'good',
  creating: 'busy',
  inactive: 'off',
  missing: 'bad',
  unknown: 'off',
} as const;
type KnownStatus = keyof typeof lightOf;

function isKnown(status: string): status is KnownStatus {
  return Object.hasOwn(lightOf, status);
}

/** The state of a hook, or the repair in progress; an unknown state is shown as the provider names it. */
export function HookStatus({ hook: { status, healing, ours, paused } }: { readonly hook: Hook }) {
  const { t } = useTranslation();
  const light = healing ? 'busy' : isKnown(status) ? lightOf[status] : 'off';
  // The user did not pause it, so the provider disabled it.
  const disabled = ours && status === 'inactive' && !paused;
  const text = isKnown(status) ? t(`hookStatus.${disabled ? 'disabled' : status}`) : status;
  return (
    <span className="hook-status">
      <span className={`lamp-dot lamp-${disabled && !healing ? 'bad' : light}`} aria-hidden="true" />
      {healing ? t(`repair.inProgress.${healing}`) : text}
    </span>
  );
}

interface HookMarksProps {
  readonly hook: Hook;
  /** Leaves out that Ringback created the hook. */
  readonly unusualOnly?: boolean;
}

/** Who created the hook, and whether it has an old callback URL; lists show only unusual marks. */
export function HookMarks({ hook, unusualOnly = false }: HookMarksProps) {
  const { t } = useTranslation();
  return (
    <>
      {hook.ours && hook.current === false && (
        <Badge className="mark mark-yellow" size="sm" variant="default">
          {t('hooks.oldAddress')}
        </Badge>
      )}
      {!(hook.ours && unusualOnly) && (
        <Badge className={hook.ours ? 'mark mark-ours' : 'mark mark-external'} size="sm" variant="default">
          {hook.ours ? t('hooks.oursBadge') : t('hooks.externalBadge')}
        </Badge>
      )}
    </>
  );
}
