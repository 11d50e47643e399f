import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../preload/contract.ts';

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

/** The provider's word for the state of a hook, in ours where we know it; what is being done to it goes first. */
export function HookStatus({ hook: { status, healing, ours, paused } }: { readonly hook: Hook }) {
  const { t } = useTranslation();
  const light = healing ? 'busy' : isKnown(status) ? lightOf[status] : 'off';
  // Nobody paused it here, so the provider did.
  const disabled = ours && status === 'inactive' && !paused;
  const word = isKnown(status) ? t(`hookStatus.${disabled ? 'disabled' : status}`) : status;
  return (
    <span className="hook-status">
      <span className={`lamp-dot lamp-${disabled && !healing ? 'bad' : light}`} aria-hidden="true" />
      {healing ? t(`repair.inProgress.${healing}`) : word}
    </span>
  );
}

/** Whose it is, and whether it still points here. */
export function HookMarks({ hook }: { readonly hook: Hook }) {
  const { t } = useTranslation();
  return (
    <>
      {hook.ours && hook.current === false && (
        <Badge className="mark mark-yellow" size="sm" variant="default">
          {t('hooks.oldAddress')}
        </Badge>
      )}
      <Badge className={hook.ours ? 'mark mark-ours' : 'mark mark-foreign'} size="sm" variant="default">
        {hook.ours ? t('hooks.oursBadge') : t('hooks.externalBadge')}
      </Badge>
    </>
  );
}
