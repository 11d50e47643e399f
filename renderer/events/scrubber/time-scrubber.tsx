import './scrubber.css';
import { RangeSlider, Select } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { type PointerEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventCounts } from '../../../preload/contract/index.ts';
import { dayTimeOf } from '../../clock.ts';
import { useAnswer } from '../../queries.ts';
import { useNow } from '../../time.tsx';
import {
  boundsOf,
  type Drag,
  dragTo,
  type Reach,
  reachNames,
  receivedIn,
  type Span,
  spanOf,
  startDrag,
  withSpan,
} from './strip.ts';

interface TimeScrubberProps {
  readonly query: string;
  /** The limits in the query. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  onApply(query: string): void;
}

/** A timeline of events, with handles that limit the list to a range. */
export function TimeScrubber({ query, since, until, onApply }: TimeScrubberProps) {
  const { t } = useTranslation();
  const now = useNow();
  const [reach, setReach] = useLocalStorage<Reach>({ key: 'ringback-timeline', defaultValue: 'month' });
  const newest = boundsOf(reach, now).at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the others follow from the newest
  const bounds = useMemo(() => boundsOf(reach, now), [reach, newest]);
  const { data } = useAnswer('events.counts', { times: [...bounds] }, { keepPrevious: true });
  const [draft, setDraft] = useState<Span>();
  const span = draft ?? spanOf(bounds, since, until);
  const apply = (chosen: Span) => {
    setDraft(undefined);
    onApply(withSpan(query, bounds, chosen));
  };
  const nameOf = (index: number) => dayTimeOf(bounds[index] ?? '', now);
  return (
    <section className="scrubber" aria-label={t('timeline.title')}>
      <div className="scrubber-strip">
        <Strip counts={data ?? []} steps={bounds.length - 1} span={span} onDraft={setDraft} onSpan={apply} />
        <RangeSlider
          size="sm"
          min={0}
          max={bounds.length - 1}
          minRange={1}
          value={[span[0], span[1]]}
          label={nameOf}
          thumbFromLabel={t('timeline.from')}
          thumbToLabel={t('timeline.until')}
          thumbValueText={nameOf}
          onChange={setDraft}
          onChangeEnd={apply}
        />
      </div>
      <Select
        size="xs"
        className="scrubber-reach"
        aria-label={t('timeline.reach')}
        data={reachNames.map((value) => ({ value, label: t(`timeline.${value}`) }))}
        value={reach}
        allowDeselect={false}
        onChange={(chosen) => setReach(reachNames.find((one) => one === chosen) ?? reach)}
      />
    </section>
  );
}

interface StripProps {
  readonly counts: readonly EventCounts[];
  readonly steps: number;
  readonly span: Span;
  onDraft(span: Span): void;
  onSpan(span: Span): void;
}

/** Handles the pointer: dragging selects a range, and dragging the selection moves it. */
function Strip({ counts, steps, span, onDraft, onSpan }: StripProps) {
  const [drag, setDrag] = useState<Drag>();
  const most = Math.max(1, ...counts.map(receivedIn));
  const stepAt = ({ currentTarget, clientX }: PointerEvent<HTMLDivElement>): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(steps - 1, Math.max(0, Math.floor(((clientX - left) / width) * steps)));
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag(startDrag(span, stepAt(event), steps));
  };
  const end = (event: PointerEvent<HTMLDivElement>) => {
    if (drag) onSpan(dragTo(drag, stepAt(event), steps));
    setDrag(undefined);
  };
  return (
    <div
      className="scrubber-bars"
      aria-hidden
      onPointerDown={begin}
      onPointerMove={(event) => drag && onDraft(dragTo(drag, stepAt(event), steps))}
      onPointerUp={end}
    >
      {counts.map((one, index) => (
        <Bar key={one.from} counts={one} most={most} inSpan={index >= span[0] && index < span[1]} />
      ))}
    </div>
  );
}

interface BarProps {
  readonly counts: EventCounts;
  readonly most: number;
  readonly inSpan: boolean;
}

function Bar({ counts, most, inSpan }: BarProps) {
  const total = receivedIn(counts);
  return (
    <span className={inSpan ? 'scrubber-step scrubber-in' : 'scrubber-step'}>
      {total > 0 && (
        <span className="scrubber-bar" style={{ height: `${Math.max(8, (total / most) * 100)}%` }}>
          {counts.failed > 0 && <span className="scrubber-failed" style={{ flexGrow: counts.failed }} />}
          {total > counts.failed && <span className="scrubber-other" style={{ flexGrow: total - counts.failed }} />}
        </span>
      )}
    </span>
  );
}
