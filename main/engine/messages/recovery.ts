import { defineMessages } from './message.ts';

interface Counted {
  readonly count: number;
}

const counted =
  (one: string, many: string) =>
  ({ count }: Counted): string =>
    `${count} ${count === 1 ? one : many}`;

/** What was missed while no callback could arrive, and why not all of it could be found. */
export const recoveryMessages = defineMessages('recovery', {
  /** A list of the kinds below and of those of the connectors. */
  found: () => '',
  translationFinished: counted('translation finished', 'translations finished'),
  translationFailed: counted('translation failed', 'translations failed'),
  translationTimedOut: counted('translation timed out', 'translations timed out'),
  jobFinished: counted('other job finished', 'other jobs finished'),
  jobFailed: counted('other job failed', 'other jobs failed'),
  otherFailure: counted('other failure', 'other failures'),
  otherEvent: counted('other event', 'other events'),
  title: () => 'While you were away',
  missed: () => 'It happened while no callback could arrive.',
  unsupported: ({ provider }: { provider: string }) => `${provider} cannot report missed events.`,
  asksAgain: () => 'Ringback tries again.',
});
