import type { EventCounts, MethodName } from '../../../preload/contract/index.ts';
import type { MethodReply, Sample } from './sample.ts';

/** What the home page asks besides what the other pages do. */
export function homeReplies(sample: Sample): Partial<Record<MethodName, MethodReply>> {
  return {
    'events.counts': ({ times }: { times: readonly string[] }) => countsOf(sample, times),
    'events.activity': ({ hook, times }: { hook: string; times: readonly string[] }) => ({
      counts: countsOf({ events: sample.events.filter((event) => event.hook === hook), rejections: [] }, times).map(
        ({ success, failed, info, other }) => success + failed + info + other,
      ),
    }),
  };
}

function countsOf(
  { events, rejections }: Pick<Sample, 'events' | 'rejections'>,
  times: readonly string[],
): EventCounts[] {
  return times.slice(1).map((until, index) => {
    const from = times[index] ?? until;
    const within = ({ receivedAt }: { readonly receivedAt: string }) => receivedAt >= from && receivedAt < until;
    const found = events.filter(within);
    const count = (outcome: string | undefined) => found.filter((event) => event.outcome === outcome).length;
    return {
      from,
      success: count('success'),
      failed: count('failed'),
      info: count('info'),
      other: count(undefined),
      rejected: rejections.filter(within).length,
    };
  });
}
