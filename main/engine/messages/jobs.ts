import { defineMessages } from './message.ts';
import { formatDuration } from './times.ts';

interface Named {
  readonly name: string;
}

/** Titles and bodies of job notifications, and why a job or a request about one failed. */
export const jobMessages = defineMessages('jobs', {
  finished: ({ name }: Named) => `Translation finished: ${name}`,
  failed: ({ name }: Named) => `Translation failed: ${name}`,
  timedOut: ({ name }: Named) => `Translation timed out: ${name}`,
  inProgress: ({ name }: Named) => `Translation in progress: ${name}`,
  resultUnknown: ({ name }: Named) => `Translation result unknown: ${name}`,
  overdueTranslation: ({ name }: Named) => `Translation is slow: ${name}`,
  overdueProcessing: ({ name }: Named) => `Cloud processing is slow: ${name}`,
  overdue: ({ elapsed, usual }: { elapsed: number; usual: number }) =>
    `In progress for ${formatDuration(elapsed)}; usually ${formatDuration(usual)}. Ringback is still watching.`,
  stage: ({ name, stage }: Named & { stage: string }) => `${name}: ${stage}`,
  processed: ({ name }: Named) => `${name}: finished`,

  took: ({ time }: { time: number }) => `took ${formatDuration(time)}`,
  formatsTook: ({ formats, time }: { formats: string; time: number }) => `${formats} · took ${formatDuration(time)}`,
  alreadyTranslated: () => 'Already translated; nothing to do.',
  partiallyFinished: ({ formats }: { formats: string }) => `Partially finished; failed: ${formats}.`,

  noTranslationResult: () => 'No result within 24 hours. Refresh to check again.',
  noUpdate: () => 'No update within 24 hours.',
  notStarted: ({ provider }: { provider: string }) =>
    `The translation was not started: the request was never answered, and ${provider} has no such translation. Start it again.`,
  couldNotStart: () => 'The translation could not be started. The log has the details.',
  startUncertain: () => 'It may still have been started; Ringback is checking.',
  connectionRemoved: () => 'Stopped watching: the connection was removed.',

  unsupported: ({ connection }: { connection: string }) =>
    `${connection} does not offer translations. Choose another connection.`,
  unknownRegion: ({ region, regions }: { region: string; regions: string }) =>
    `There is no region "${region}". Use one of ${regions}.`,
  notRepeatable: () => 'Only translations can be started again from here.',
  noPage: () => 'This job has no page to open.',

  workflowSeen: ({ matching, total }: { matching: number; total: number }) =>
    `${matching} of the last ${total} translations have its workflow.`,
  workflowNotSeen: ({ workflow }: { workflow: string }) => `No known translation has the workflow "${workflow}".`,
  workflowAdvice: () =>
    'Set misc.workflow of the job to exactly this value. Translations started in Ringback use their own workflow.',
});
