import { expect, test } from 'vitest';
import type { JobUpdate } from '../../../main/engine/connector/index.ts';
import { applyUpdate, type JobEvent } from '../../../main/engine/jobs/apply-update.ts';
import { createJob, type JobRecord } from '../../../main/engine/jobs/record.ts';

const startedAt = Date.parse('2026-11-28T09:00:00Z');
const endedAt = startedAt + 60_000;

const event: JobEvent = { id: 7, connection: 'connection-1', receivedAt: endedAt + 1000 };

function finished(time: number): JobUpdate {
  return { kind: 'translation', subject: 'urn-1', state: 'success', stage: 'finished', time };
}

/** A translation started elsewhere, whose end a status check observed before any callback arrived. */
function endedByCheck(): JobRecord {
  const job = { connection: 'connection-1', kind: 'translation', subject: 'urn-1', by: 'cloud' } as const;
  return createJob({ ...job, state: 'success', endedAt, postedAt: startedAt }, startedAt);
}

test('the callback of a translation whose end a status check observed belongs to that job', () => {
  const record = endedByCheck();
  const result = applyUpdate([record], finished(endedAt - 10), event, true);
  expect(result).toEqual({ record, suppressed: true, usesJobMessage: false });
});

test('the callback of a later translation of the same file starts a new job', () => {
  const record = endedByCheck();
  const result = applyUpdate([record], finished(endedAt + 500), event, true);
  expect(result?.record.id).not.toBe(record.id);
  expect(result).toMatchObject({ record: { state: 'success', by: 'cloud' }, suppressed: false });
});
