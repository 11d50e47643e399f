import { setTimeout as delay } from 'node:timers/promises';
import type {
  Context,
  JobLocation,
  JobOrder,
  JobReference,
  JobStatus,
  JobSupport,
} from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import type { Message } from '../../engine/messages/index.ts';
import { call, detailOf, fields, regions, rejectionOf, text } from '../aps/index.ts';
import type { Answer } from '../http.ts';
import { formatOf, formats, usualFormat } from './formats.ts';
import { readManifest } from './manifest.ts';
import { derivativeMessages } from './messages.ts';
import { source } from './source.ts';

const api = '/modelderivative/v2/designdata';

/** Model Derivative v2: translations of design files. */
export const derivativeJobs: JobSupport = {
  regions,
  defaultFormats: [formatOf(usualFormat)],
  formatsHelp: derivativeMessages.formatsHelp(),
  sourceExample: 'urn:adsk.objects:os.object:bucket/pump.ipt',
  formatOf,
  source,
  formats,
  hooks: (workflow, region) =>
    ['extraction.finished', 'extraction.updated'].map((event) => ({
      system: 'derivative',
      event,
      scope: { workflow },
      region,
    })),
  start,
  getStatus,
  thumbnail,
  pageUrl,
  unknownResultAdvice: {
    publishing: derivativeMessages.publishingAdvice(),
  },
};

/**
 * Milliseconds for the one attempt to start a job: it is not retried automatically, since a job may have started
 * although the response was lost, and each costs tokens.
 */
const postTimeout = 30_000;
const beforeRetry = 1000;
const handledStatuses = [400, 403, 404, 406, 409, 500, 502, 503, 504];

async function start(context: Context, order: JobOrder): Promise<{ readonly existed: boolean }> {
  let answer = await post(context, order);
  // The first job of a region can fail although a second attempt succeeds (reported in issue 79 of an Autodesk
  // evangelist's repository).
  if (answer.status >= 500 || (answer.status === 400 && order.region !== 'US')) {
    await delay(beforeRetry, undefined, { signal: context.signal }).catch(() => {});
    answer = await post(context, order);
  }
  if (answer.status < 300) return { existed: answer.status === 201 };
  throw rejection(answer, order, Object.values(context.secrets));
}

function post(context: Context, { urn, region, formats, workflow, force, job }: JobOrder): Promise<Answer> {
  return call(context, {
    method: 'POST',
    path: `${api}/job`,
    headers: { region, ...(force ? { 'x-ads-force': 'true' } : {}) },
    json: { input: { urn }, output: { formats }, misc: { workflow, workflowAttribute: { job } } },
    once: postTimeout,
    expected: handledStatuses,
  });
}

function rejection(answer: Answer, { region, formats }: JobOrder, hidden: readonly string[]): RingbackError {
  const { status } = answer;
  const detail = hidden.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '•••'), detailOf(answer));
  const refused = (message: Message) => new RingbackError('provider', message);
  if (status === 400) return refused(derivativeMessages.rejected({ detail }));
  if (status === 403) return refused(derivativeMessages.notAllowed({ detail }));
  if (status === 404) return new RingbackError('not-found', derivativeMessages.notFound({ region, detail }));
  if (status === 406) {
    const types = formats.map(({ type }) => type).join(', ');
    return refused(derivativeMessages.noSuchFormat({ formats: types, detail }));
  }
  if (status === 409) return new RingbackError('conflict', derivativeMessages.otherRunning({ detail }));
  return rejectionOf(answer, hidden);
}

/** Limit in bytes of a manifest, which has many megabytes for a large model and is not stored. */
const longestManifest = 64 * 1024 ** 2;

async function getStatus(context: Context, { urn, region }: JobReference): Promise<JobStatus> {
  const request = { method: 'GET', path: `${api}/${urn}/manifest`, headers: { region } } as const;
  const { status, body } = await call(context, { ...request, most: longestManifest, expected: [404] });
  if (status === 404) return { state: 'absent', outputs: [], messages: [], hasThumbnail: false };
  // 202: the job was accepted, but has no manifest yet.
  if (status === 202) return { state: 'queued', outputs: [], messages: [], hasThumbnail: false };
  if (typeof body !== 'object' || body === null) {
    throw new RingbackError('provider', derivativeMessages.noManifest());
  }
  return readManifest(body);
}

const largestThumbnail = 512 * 1024;
const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

async function thumbnail(context: Context, { urn, region }: JobReference): Promise<Uint8Array | undefined> {
  const { status, bytes } = await call(context, {
    method: 'GET',
    path: `${api}/${urn}/thumbnail?width=200&height=200`,
    headers: { region, accept: 'image/png' },
    most: largestThumbnail,
    expected: [404],
  });
  return status === 200 && pngStart.equals(bytes.subarray(0, pngStart.length)) ? bytes : undefined;
}

/** The web page of a version or an item, from the Data Management API; undefined where the API gives none. */
async function pageUrl(context: Context, { project, resource }: JobLocation): Promise<string | undefined> {
  const kind = /\?version=/.test(resource) ? 'versions' : 'items';
  const { status, body } = await call(context, {
    method: 'GET',
    path: `/data/v1/projects/${encodeURIComponent(project)}/${kind}/${encodeURIComponent(resource)}`,
    expected: [400, 403, 404],
  });
  if (status !== 200) return undefined;
  const view = fields(fields(fields(fields(body).data).links).webView);
  const href = text(view, 'href') ?? '';
  return URL.parse(href)?.protocol === 'https:' ? href : undefined;
}
