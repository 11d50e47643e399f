import { IconAlertTriangle, IconBell, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../preload/contract.ts';

export type OutcomeKind = 'success' | 'failed' | 'info' | 'unreadable';

export function outcomeOf(event: Pick<EventView, 'outcome' | 'readable'>): OutcomeKind {
  return event.readable ? (event.outcome ?? 'info') : 'unreadable';
}

const iconOf = { success: IconCircleCheck, failed: IconCircleX, info: IconBell, unreadable: IconAlertTriangle };

/** How it ended, by shape as well as by colour. */
export function OutcomeIcon({ event }: { readonly event: Pick<EventView, 'outcome' | 'readable'> }) {
  const { t } = useTranslation();
  const kind = outcomeOf(event);
  const Present = iconOf[kind];
  return (
    <span
      className={`outcome outcome-${kind}`}
      role="img"
      aria-label={t(`outcome.${kind}`)}
      title={t(`outcome.${kind}`)}
    >
      <Present size={20} stroke={1.7} aria-hidden />
    </span>
  );
}
