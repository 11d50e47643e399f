import type { HookPlanStep } from '../../../preload/contract.ts';
import type { Notifier } from '../notifications/index.ts';
import { count } from './messages.ts';
import { minute } from './record.ts';
import type { HookRecord, HookRecordChange, HookRecords } from './records.ts';

export interface FailureNotificationOptions {
  readonly records: HookRecords;
  readonly notifier: Pick<Notifier, 'queue'>;
  label(hook: HookRecord): string;
  now(): number;
  /** What was done, or tried. */
  readonly steps: readonly HookPlanStep[];
}

/** What fails only for a moment is not told. */
const troubledFor = 10 * minute;
/** A hook that dies again and again is told once a day. */
const mournedFor = 24 * 60 * minute;

/** Rings once for hooks that had died, and once for each trouble that lasts. */
export async function notifyOfFailures({
  records,
  notifier,
  label,
  now,
  steps,
}: FailureNotificationOptions): Promise<void> {
  const revived = steps.filter(({ action, problem }) => (action === 'activate' || action === 'create') && !problem);
  const dead = records.all.filter(
    ({ id, mournedAt = 0 }) => now() - mournedAt >= mournedFor && revived.some(({ hook }) => hook === id),
  );
  const troubled = records.all.filter(
    ({ trouble }) => trouble && !trouble.told && now() - trouble.since >= troubledFor,
  );
  const changes = new Map<string, HookRecordChange>();
  for (const { id } of dead) changes.set(id, { mournedAt: now() });
  for (const { id, trouble } of troubled) {
    if (trouble) changes.set(id, { ...changes.get(id), trouble: { ...trouble, told: true } });
  }
  if (changes.size === 0) return;
  records.change(changes);
  const ring = (title: string, body: string) => notifier.queue({ event: null, at: now(), title, body });
  const [first] = dead;
  if (first) {
    const which = dead.length === 1 ? label(first) : count(dead.length);
    await ring(
      dead.length === 1 ? 'A hook had been switched off or deleted' : 'Hooks had been switched off or deleted',
      `${which}: the provider had let go. It is in order again; what happened in between was not sent.`,
    );
  }
  const [worst] = troubled;
  if (worst?.trouble) {
    const others = troubled.length > 1 ? ` And ${count(troubled.length - 1)} more.` : '';
    await ring('A hook cannot be mended', `${label(worst)}: ${worst.trouble.message}${others}`);
  }
}
