import type { TFunction } from 'i18next';
import type { Job } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { percentText } from '../numbers.ts';
import { isOver, kindOf } from './job-list.ts';

/** 125 → "2 min 5 s". */
export function spanText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes < 60) return minutes < 10 && rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The state in one line, with the reason of a failure and the progress of a running job. */
export function stateText(t: TFunction, job: Job): string {
  const text = t(`job.state.${kindOf(job)}`);
  if (job.problem !== undefined && isOver(job)) return messageText(job.problemMessage, job.problem);
  const error = job.state === 'failed' && job.messages?.find(({ kind }) => kind === 'error')?.text;
  if (error) return `${text}: ${error}`;
  const percent = !isOver(job) && job.progress !== undefined && percentText(Math.round(job.progress));
  const stage = job.kind === 'translation' ? undefined : messageText(job.stageMessage, job.stage);
  return [stage || text, percent].filter(Boolean).join(' · ');
}

/** The duration so far, and the usual duration for such a file. */
export function durationText(t: TFunction, job: Job, now: number): string {
  const end = job.endedAt === undefined ? now : Date.parse(job.endedAt);
  const seconds = Math.max(0, (end - Date.parse(job.createdAt)) / 1000);
  const showsDuration = !job.existed && kindOf(job) !== 'unknown';
  const own = !showsDuration ? undefined : t(isOver(job) ? 'job.took' : 'job.since', { time: spanText(seconds) });
  const usual = !isOver(job) && job.usual !== undefined && t('job.usually', { time: spanText(job.usual) });
  return [own, usual].filter(Boolean).join(', ');
}
