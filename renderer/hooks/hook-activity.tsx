import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayBounds } from '../clock.ts';
import { countText } from '../numbers.ts';
import { useAnswer } from '../queries.ts';
import { useNow } from '../time.tsx';
import { Sparkline } from './sparkline.tsx';

/** Number of days that are shown. */
const days = 14;

/** How many events of a hook came on each of the last days; not queried where the list has no room for it. */
export function HookActivity({ hook }: { readonly hook: string }) {
  const { ref, width } = useElementSize();
  return (
    <div className="hook-activity" ref={ref}>
      {width > 0 && <Activity hook={hook} />}
    </div>
  );
}

function Activity({ hook }: { readonly hook: string }) {
  const { t } = useTranslation();
  const today = dayBounds(useNow(), days)[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the others follow from the first
  const times = useMemo(() => [...dayBounds(Date.now(), days)], [today]);
  const counts = useAnswer('events.activity', { hook, times }, { keepPrevious: true }).data?.counts;
  if (!counts) return null;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return <Sparkline counts={counts} label={t('hooks.activity', { count: total, number: countText(total), days })} />;
}
