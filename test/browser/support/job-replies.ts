import { thumbnail } from '../../../main/sandbox/aps/derivative/thumbnail.ts';
import type { Job, JobDetail, MethodName } from '../../../preload/contract/index.ts';
import type { MethodReply, Sample } from './sample.ts';

const now = Date.now();
const before = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

function job(id: string, minutes: number, rest: Partial<Job> & Pick<Job, 'name' | 'state'>): Job {
  return {
    id,
    connection: 'connection-1',
    kind: 'translation',
    urn: Buffer.from(`urn:adsk.objects:os.object:example-bucket/${rest.name}`).toString('base64url'),
    by: 'user',
    createdAt: before(minutes),
    updatedAt: before(minutes),
    overdue: false,
    region: 'US',
    formats: ['svf2'],
    ...rest,
  };
}

const ofTheCloud = { by: 'cloud', region: undefined, formats: undefined } as unknown as Partial<Job>;

/** One of each kind. */
export const sampleJobs: readonly Job[] = [
  job('job-1', 4, { name: 'Housing.iam', state: 'running', progress: 42, usual: 380 }),
  job('job-2', 47, { name: 'Stadium.rvt', state: 'running', progress: 71, usual: 540, overdue: true }),
  job('job-3', 6, {
    ...ofTheCloud,
    kind: 'publishing',
    name: 'Tower.rvt',
    state: 'queued',
    stage: 'publishing queued',
  }),
  job('job-4', 30, {
    name: 'pump.ipt',
    state: 'success',
    endedAt: before(28),
    formats: ['svf2', 'obj'],
    usual: 130,
    page: 'https://acc.autodesk.com/docs/files/projects/example',
    outputs: [
      { format: 'svf2', state: 'success' },
      { format: 'obj', state: 'failed' },
    ],
    messages: [
      { kind: 'error', text: 'Unrecoverable exit code from extractor: -1073741831', code: 'TranslationWorker-Failure' },
      { kind: 'warning', text: 'Missing link files: Arch.rvt', code: 'Revit-MissingLink' },
    ],
  }),
  job('job-5', 90, {
    name: 'Bracket v12.f3d',
    state: 'failed',
    endedAt: before(88),
    messages: [{ kind: 'error', text: 'The file is not a supported version' }],
  }),
  job('job-6', 200, {
    ...ofTheCloud,
    kind: 'processing',
    name: 'Site plan.dwg',
    state: 'success',
    stage: 'version 4 processed',
    endedAt: before(190),
  }),
  job('job-7', 3000, {
    name: 'Valve DN50.step',
    state: 'timeout',
    endedAt: before(1500),
    problem: 'No result within 24 hours. Refresh to check again.',
  }),
];

/** The questions about jobs, answered out of the sample. */
export function jobReplies(sample: Sample): Partial<Record<MethodName, MethodReply>> {
  const jobs = sample.connections.length > 0 ? sampleJobs : [];
  const found = (id: string) => jobs.find((one) => one.id === id) as Job;
  return {
    'jobs.list': () => jobs,
    'jobs.get': ({ id }: { id: string }): JobDetail => ({
      ...found(id),
      events: sample.events.slice(0, 2),
      ...(found(id).state === 'success'
        ? { thumbnail: `data:image/png;base64,${thumbnail(200).toString('base64')}` }
        : {}),
    }),
    'jobs.formats': ({ urn }: { urn?: string }) => ({
      formats: ['svf2', 'iges', 'obj', 'step', 'stl', 'svf', 'thumbnail'],
      regions: [
        { value: 'US', label: 'United States' },
        { value: 'EMEA', label: 'Europe, Middle East, Africa' },
      ],
      region: 'US',
      ...(urn?.includes('pump') ? { name: 'pump.ipt' } : {}),
    }),
    'jobs.start': () => found('job-1'),
    'jobs.refresh': ({ id }: { id: string }) => found(id),
    'jobs.forget': () => ({}),
    'jobs.open': () => ({ opened: true, url: 'https://acc.autodesk.com/' }),
  };
}
