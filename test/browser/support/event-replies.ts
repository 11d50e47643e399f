import type { EventView, ForwardAttempt, MethodName } from '../../../preload/contract/index.ts';
import { sampleJobs } from './job-replies.ts';
import type { MethodReply, Sample } from './sample.ts';

/** What the details of an event ask besides the event itself. */
export function eventReplies(sample: Sample): Partial<Record<MethodName, MethodReply>> {
  return {
    'events.related': ({ id }: { id: string }): EventView[] =>
      sample.events.filter((event, index) => event.id === id || index % 40 === 7),
    'jobs.about': ({ event }: { event: string }) =>
      sampleJobs.filter(
        ({ id }) => id === 'job-5' && sample.events.find((one) => one.id === event)?.outcome === 'failed',
      ),
    'events.forward': ({ url }: { url: string }): ForwardAttempt => ({
      ...{ at: new Date().toISOString(), url, status: 422, ms: 34, answer: '{"error":"unknown hook"}' },
    }),
  };
}
