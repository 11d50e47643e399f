import './event-icon.css';
import { IconAlertTriangleFilled, IconCircleXFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../preload/contract/index.ts';
import { kindIconOf } from './event-kind.ts';

type OutcomeKind = 'success' | 'failed' | 'info' | 'unreadable';

export function outcomeOf(event: Pick<EventView, 'outcome' | 'readable'>): OutcomeKind {
  return event.readable ? (event.outcome ?? 'info') : 'unreadable';
}

/** Outcomes that need attention have a shape, not only a colour. */
const markOf = { success: undefined, failed: IconCircleXFilled, info: undefined, unreadable: IconAlertTriangleFilled };

/** The icon of an event: its shape is the kind, its colour the outcome. */
export function EventIcon({ event }: { readonly event: Pick<EventView, 'event' | 'outcome' | 'readable'> }) {
  const { t } = useTranslation();
  const outcome = outcomeOf(event);
  const Kind = kindIconOf(event.event);
  const Mark = markOf[outcome];
  const name = t(`outcome.${outcome}`);
  return (
    <span className={`outcome outcome-${outcome}`} role="img" aria-label={name} title={name}>
      <Kind size={18} stroke={1.7} aria-hidden />
      {Mark && <Mark size={10} className="outcome-mark" aria-hidden />}
    </span>
  );
}
