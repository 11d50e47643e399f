import type { JobUpdate, Outcome } from '../../engine/connector/index.ts';
import {
  clean,
  decodeUrn,
  type Fields,
  fields,
  fileKey,
  joined,
  list,
  named,
  objectKey,
  parseTime,
  text,
  words,
} from '../aps/index.ts';
import type { Callback, EventGroup } from './event-group.ts';
import { callbackTitles, called, eventSummaries, type Named, translationStateText } from './event-texts.ts';

/** extraction.*: jobs of Model Derivative. Note the capitals in TimeStamp, URN, EventType and the inner Payload. */
export const translations: EventGroup = {
  system: 'derivative',
  events: /^extraction\./,
  recognise(payload) {
    const type = text(payload, 'EventType');
    return type === undefined
      ? undefined
      : [type.toLowerCase().replaceAll('_', '.')].filter((name) => this.events.test(name));
  },
  describe(callback) {
    const { event, payload } = callback;
    const urn = text(payload, 'URN') ?? callback.resource;
    const { name, key } = subject(urn, callback);
    const workflow = workflowId(callback);
    const where = place(urn, callback) ?? '';
    const rest = joined(progress(payload), registered(payload)) ?? '';
    const status = statusOf(payload);
    const { state, outcome } = event === 'extraction.finished' ? finished(status) : inProgress(status);
    return {
      title: callbackTitles.translation({ ...name, ...state }),
      summary: workflow ? eventSummaries.translation({ place: where, workflow, rest }) : joined(where, rest),
      outcome,
      resource: urn,
      names: [called('file', name), key, workflow && `Workflow ${workflow}`],
      time: parseTime(payload.TimeStamp),
      dated: true,
      jobs: urn === undefined ? [] : [jobUpdateOf(callback, urn)],
    };
  },
};

/** Progress never notifies. Where the final status is unknown, the manifest is requested. */
function jobUpdateOf(callback: Callback, urn: string): JobUpdate {
  const { event, payload } = callback;
  const source = decodeUrn(urn);
  const percent = /(?<!\d)(\d{1,9})(?:\.\d{1,9})?\s{0,9}%?$/.exec(progress(payload) ?? '')?.[1];
  const { name } = subject(urn, callback);
  const workflow = workflowId(callback);
  const time = parseTime(payload.TimeStamp);
  return {
    kind: 'translation',
    subject: source === undefined ? normalised(urn) : Buffer.from(source).toString('base64url'),
    ...(name.name ? { name: name.name } : {}),
    ...(event === 'extraction.finished' ? ending(statusOf(payload)) : atWork(statusOf(payload))),
    ...(percent === undefined ? {} : { progress: Math.min(100, Number(percent)) }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(time === undefined ? {} : { time }),
  };
}

function ending(status: string | undefined): Pick<JobUpdate, 'state' | 'stage'> {
  const { state, outcome } = finished(status);
  if (outcome === 'success') return { state: 'success', stage: 'finished' };
  const stage = translationStateText(state);
  if (outcome === 'info') return { state: 'ended', stage };
  return { state: status === 'timeout' ? 'timeout' : 'failed', stage };
}

function atWork(status: string | undefined): Pick<JobUpdate, 'state' | 'stage'> {
  const { state, outcome } = inProgress(status);
  const stage = translationStateText(state);
  if (outcome === 'failed') return { state: 'ended', stage };
  return { state: status === 'pending' ? 'queued' : 'running', stage };
}

/** Normalizes Base64 of either alphabet, with or without padding. */
function normalised(encoded: string): string {
  return encoded
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/(?<!=)=+$/, '');
}

interface Verdict {
  /** The state and, where that is unknown, the provider's word for it. */
  readonly state: { readonly state: string; readonly status: string };
  readonly outcome: Outcome;
}

function verdict(state: string, outcome: Outcome, status = ''): Verdict {
  return { state: { state, status }, outcome };
}

/** Only "failed" and "timeout" are documented as failures; for any other status the manifest is requested. */
function finished(status: string | undefined): Verdict {
  if (status === undefined) return verdict('ended', 'info');
  if (/^(success|succeeded|complete|completed)$/.test(status)) return verdict('finished', 'success');
  return failure(status) ?? verdict('ended', 'info', status);
}

function inProgress(status: string | undefined): Verdict {
  if (status === 'pending') return verdict('queued', 'info');
  return failure(status) ?? verdict('inProgress', 'info');
}

function failure(status: string | undefined): Verdict | undefined {
  if (status === 'failed') return verdict('failed', 'failed');
  return status === 'timeout' ? verdict('timedOut', 'failed') : undefined;
}

function statusOf(payload: Fields): string | undefined {
  return (words(fields(payload.Payload), 'status') ?? words(payload, 'Status', 'status'))?.toLowerCase();
}

function workflowId({ scope, payload }: Callback): string | undefined {
  return words(scope, 'workflow') ?? words(payload, 'WorkflowId', 'workflowId', 'workflow');
}

function progress(payload: Fields): string | undefined {
  return words(payload, 'progress', 'Progress') ?? words(fields(payload.Payload), 'progress');
}

function registered(payload: Fields): string | undefined {
  const keys = list(fields(payload.Payload).registerKey).map((key) => words(fields(key), 'name'));
  return keys.filter(Boolean).slice(0, 5).join(', ') || undefined;
}

/** The folder path of the file, where it is known from browsing. */
function place(encoded: string | undefined, { pathOf }: Callback): string | undefined {
  const urn = encoded === undefined ? undefined : decodeUrn(encoded);
  return urn && pathOf(fileKey(urn));
}

interface Subject {
  readonly name: Named;
  readonly key?: string;
}

/** The file that was translated: by its object key, or the name that an earlier event contained. */
function subject(encoded: string | undefined, { nameOf }: Callback): Subject {
  const urn = encoded === undefined ? undefined : decodeUrn(encoded);
  if (encoded === undefined || urn === undefined) return { name: named(undefined, encoded) };
  const known = nameOf(fileKey(urn));
  const key = objectKey(urn);
  const file = clean(key?.split('/').at(-1) ?? '', 100);
  const name = named(known ?? file, urn);
  return key ? { name, key: clean(key, 300) } : { name };
}
