import type { NotificationRow } from '../storage/index.ts';
import { type JobRecord, nameOf } from './record.ts';

/** What the user is told of a job: its end, once, and once that it takes long. */

const endings = { success: 'finished', failed: 'failed', timeout: 'timed out' } as const;

export function endNotification(record: JobRecord, at: number): NotificationRow {
  const event = record.heard?.event ?? null;
  return { event, at, title: endTitle(record), body: endBody(record), job: record.id };
}

function endTitle(record: JobRecord): string {
  const { kind, state, stage } = record;
  const name = nameOf(record);
  if (kind !== 'translation') return `${name}: ${stage ?? 'finished'}`;
  if (state === 'queued' || state === 'running') return `Translation under way: ${name}`;
  if (state === 'timeout' && record.problem !== null) return `No end heard of the translation: ${name}`;
  return `Translation ${endings[state]}: ${name}`;
}

function endBody(record: JobRecord): string {
  const { state, existed, outputs, messages, formats, problem } = record;
  if (problem !== null) return problem;
  if (existed && state === 'success') return 'It was there already, so nothing was translated anew.';
  const failed = outputs.filter((output) => output.state === 'failed' || output.state === 'timeout');
  const error = messages.find(({ kind }) => kind === 'error')?.text;
  const parts = [
    state === 'success' && failed.length > 0
      ? `Not all of it: ${failed.map(({ format }) => format).join(', ')} failed.`
      : formats.map(({ type }) => type).join(', '),
    state === 'success' && failed.length === 0 ? tookWords(record) : undefined,
    state === 'success' && failed.length === 0 ? undefined : error,
  ];
  return parts.filter(Boolean).join(state === 'success' && failed.length === 0 ? ' · ' : ' ');
}

function tookWords({ createdAt, postedAt, endedAt }: JobRecord): string | undefined {
  return endedAt === null ? undefined : `took ${span(endedAt - (postedAt ?? createdAt))}`;
}

export function overdueNotification(record: JobRecord, usual: number, at: number): NotificationRow {
  const since = span(at - (record.postedAt ?? record.createdAt));
  const what = record.kind === 'translation' ? 'Translation takes long' : 'Takes long in the cloud';
  const body = `It has been going on for ${since}; usually it takes ${span(usual)}. Ringback goes on watching it.`;
  return { event: null, at, title: `${what}: ${nameOf(record)}`, body, job: record.id };
}

/** 125,000 → "2 min 5 s". */
export function span(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
