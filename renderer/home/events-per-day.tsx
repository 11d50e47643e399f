import './events-per-day.css';
import { Anchor, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventCounts } from '../../preload/contract/index.ts';
import { dayBounds, dayNameOf, dayOf } from '../clock.ts';
import { compactText, countText } from '../numbers.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAnswer } from '../queries.ts';
import { useNow } from '../time.tsx';
import type { View } from '../view.ts';
import { useWindow } from '../window-context.ts';
import { type CountKind, dateOf, outcomeKinds, totalOf, totalsOf } from './days.ts';

const days = 14;
/** Pixels of the highest bar. */
const barHeight = 104;

/** The number of events on each of the last days, by outcome; a day links to its events. */
export function EventsPerDay() {
  const { t } = useTranslation();
  const bounds = dayBounds(useNow(), days);
  const { data, error } = useAnswer('events.counts', { times: [...bounds] }, { keepPrevious: true });
  const most = Math.max(1, ...(data ?? []).map(totalOf));
  return (
    <>
      <ProblemNote problem={error} />
      <ol className="chart" aria-label={t('home.perDay')}>
        {bounds.slice(0, -1).map((from, index) => (
          <li key={from}>
            <Day counts={data?.[index] ?? { ...noEvents, from }} most={most} />
          </li>
        ))}
      </ol>
      {data && <Legend counts={data} />}
    </>
  );
}

const noEvents = { success: 0, failed: 0, info: 0, other: 0, rejected: 0 } as const;

function Day({ counts, most }: { readonly counts: EventCounts; readonly most: number }) {
  const { t, i18n } = useTranslation();
  const { view } = useWindow();
  const now = useNow();
  const total = totalOf(counts);
  const name = dayNameOf(dayOf(Date.parse(counts.from)), dayOf(now), i18n.language);
  const parts = totalsOf([counts]).map(({ kind, count }) => `${t(`home.outcome.${kind}`)} ${countText(count)}`);
  const text = `${name}: ${parts.length > 0 ? parts.join(', ') : t('home.noEvents')}`;
  const q = `since:${dateOf(counts.from)} until:${dateOf(counts.from, 1)}`;
  return (
    <Tooltip label={text}>
      <UnstyledButton className="chart-day" onClick={() => view.set({ page: 'events', q })}>
        <VisuallyHidden>{text}</VisuallyHidden>
        <span className="chart-count" aria-hidden>
          {total > 0 && compactText(total)}
        </span>
        <span className="chart-bar" aria-hidden style={{ height: Math.round((total / most) * barHeight) }}>
          {outcomeKinds
            .filter((kind) => counts[kind] > 0)
            .map((kind) => (
              <span key={kind} className={`chart-part chart-${kind}`} style={{ flexGrow: counts[kind] }} />
            ))}
        </span>
        <span className="chart-date" aria-hidden>
          {new Date(counts.from).getDate()}
        </span>
      </UnstyledButton>
    </Tooltip>
  );
}

/** The list of events of a kind since a day; undefined for kinds without a filter. */
function viewOf(kind: CountKind, from: string): View | undefined {
  if (kind === 'other') return undefined;
  if (kind === 'rejected') return { page: 'events', tab: 'rejected' };
  return { page: 'events', q: `outcome:${kind} since:${dateOf(from)}` };
}

function Legend({ counts }: { readonly counts: readonly EventCounts[] }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const totals = totalsOf(counts);
  if (totals.length === 0) return <p className="faint small home-none">{t('home.noEventsYet')}</p>;
  return (
    <ul className="chart-legend">
      {totals.map(({ kind, count }) => {
        const target = viewOf(kind, counts[0]?.from ?? '');
        const text = `${t(`home.outcome.${kind}`)} ${countText(count)}`;
        return (
          <li key={kind}>
            <span className={`chart-key chart-${kind}`} aria-hidden />
            {target ? (
              <Anchor component="button" type="button" size="xs" onClick={() => view.set(target)}>
                {text}
              </Anchor>
            ) : (
              <span className="small">{text}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
