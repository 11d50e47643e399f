import type { Outcome } from '../../../preload/contract/index.ts';
import { jobMessages, type Message, referenceOf, storedMessage } from '../messages/index.ts';
import type { JobEventRow, NotificationRow, NotificationSubject } from '../storage/index.ts';
import { hasUnknownResult } from './outcome.ts';
import { type JobRecord, nameOf, problemReference, stageReference, startedAt } from './record.ts';

/** The notification of how a job ended. */
export function endNotification(record: JobRecord, at: number): NotificationRow {
  const event = record.heard?.event ?? null;
  const title = endTitle(record);
  const texts = { title: title.text, titleMessage: referenceOf(title), ...endBody(record) };
  return { event, at, ...texts, job: record.id, about: subject(record, outcomeOf(record)) };
}

function endTitle(record: JobRecord): Message {
  const { kind, state, stage } = record;
  const name = nameOf(record);
  if (kind !== 'translation') {
    return stage === null
      ? jobMessages.processed({ name })
      : jobMessages.stage({ name, stage: storedMessage(stage, stageReference(record)) });
  }
  if (state === 'queued' || state === 'running') return jobMessages.inProgress({ name });
  if (hasUnknownResult(record)) return jobMessages.resultUnknown({ name });
  const titles = { success: 'finished', failed: 'failed', timeout: 'timedOut' } as const;
  return jobMessages[titles[state]]({ name });
}

type Body = Pick<NotificationRow, 'body' | 'bodyMessage'>;

function endBody(record: JobRecord): Body {
  const { state, existed, outputs, formats, problem } = record;
  if (problem !== null) return { body: problem, bodyMessage: problemReference(record) };
  if (existed && state === 'success') return toBody(jobMessages.alreadyTranslated());
  const wanted = formatList(formats.map(({ type }) => type));
  const failed = outputs.filter((output) => output.state === 'failed' || output.state === 'timeout');
  if (state !== 'success') return { body: withError(wanted, record) };
  if (failed.length === 0) return successBody(wanted, record);
  const partly = jobMessages.partiallyFinished({ formats: formatList(failed.map(({ format }) => format)) });
  const body = withError(partly.text, record);
  return body === partly.text ? toBody(partly) : { body };
}

function successBody(formats: string, record: JobRecord): Body {
  if (record.endedAt === null) return { body: formats };
  const time = record.endedAt - startedAt(record);
  return toBody(formats === '' ? jobMessages.took({ time }) : jobMessages.formatsTook({ formats, time }));
}

function toBody(message: Message): Body {
  return { body: message.text, bodyMessage: referenceOf(message) };
}

/** The text followed by the first error that the provider reported. */
function withError(text: string, { messages }: JobRecord): string {
  const error = messages.find(({ kind }) => kind === 'error')?.text;
  return [text, error].filter(Boolean).join(' ');
}

function formatList(formats: readonly string[]): string {
  return formats.join(', ');
}

/** The text of a notification that shows the job instead of its event. */
export function jobText(record: JobRecord, at: number): NonNullable<JobEventRow['words']> {
  const { title, titleMessage, body, bodyMessage } = endNotification(record, at);
  return { title, titleMessage, body, bodyMessage };
}

function outcomeOf({ state }: JobRecord): Outcome {
  if (state === 'success') return 'success';
  return state === 'failed' || state === 'timeout' ? 'failed' : 'info';
}

function subject({ connection }: JobRecord, outcome: Outcome): NotificationSubject {
  return { connection, event: 'ringback.job', outcome };
}

/** The notification that a job takes much longer than usual; `usual` in milliseconds. */
export function overdueNotification(record: JobRecord, usual: number, at: number): NotificationRow {
  const code = record.kind === 'translation' ? 'overdueTranslation' : 'overdueProcessing';
  const title = jobMessages[code]({ name: nameOf(record) });
  const body = jobMessages.overdue({ elapsed: at - startedAt(record), usual });
  const messages = { titleMessage: referenceOf(title), bodyMessage: referenceOf(body) };
  const texts = { title: title.text, body: body.text, ...messages };
  return { event: null, at, ...texts, job: record.id, about: subject(record, 'info') };
}
