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
  expect(result).toMatchObject({ record: { id: record.id, endedAt }, suppressed: true, usesJobMessage: false });
});

test('a callback that the provider dates after the observed end sends no second notification', () => {
  const record = endedByCheck();
  const result = applyUpdate([record], finished(endedAt + 500), event, true);
  expect(result).toMatchObject({ record: { id: record.id, endedAt }, suppressed: true });
});

test('after the callback of an observed end, the next one starts a new job', () => {
  const record = endedByCheck();
  const reported = applyUpdate([record], finished(endedAt + 500), event, true)?.record ?? record;
  const result = applyUpdate([reported], finished(endedAt + 1500), { ...event, id: 8 }, true);
  expect(result?.record.id).not.toBe(record.id);
  expect(result).toMatchObject({ record: { state: 'success', by: 'cloud' }, suppressed: false });
});

test('a callback with another outcome than the observed end starts a new job', () => {
  const record = endedByCheck();
  const result = applyUpdate([record], { ...finished(endedAt + 500), state: 'failed' }, event, true);
  expect(result?.record.id).not.toBe(record.id);
});

test('a callback from long after the observed end starts a new job', () => {
  const record = endedByCheck();
  const result = applyUpdate([record], finished(endedAt + 600_000), event, true);
  expect(result?.record.id).not.toBe(record.id);
});

test('an event that the receiver of a team received before a job began does not end it, one from afterwards does', () => {
  const job = { connection: 'connection-1', kind: 'publishing', subject: 'lineage-1', by: 'cloud' } as const;
  const record = createJob(job, startedAt);
  const added = {
    kind: 'publishing',
    subject: 'lineage-1',
    state: 'success',
    stage: 'published',
    endsOnly: true,
  } as const;
  const earlier = { ...event, receivedAt: startedAt - 1, relayed: true };
  expect(applyUpdate([record], added, earlier, true)).toBeUndefined();
  // Here a clock was set back: what is stored later was received later.
  for (const later of [
    { ...earlier, relayed: false },
    { ...earlier, receivedAt: startedAt },
  ]) {
    expect(applyUpdate([record], added, later, true)).toMatchObject({ record: { id: record.id, state: 'success' } });
  }
});
