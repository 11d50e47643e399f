import { expect, test } from 'vitest';
import { networkMessages } from '../../../main/engine/messages/index.ts';
import { SinkFailure } from '../../../main/engine/sinks/outgoing.ts';
import { createSinkReports } from '../../../main/engine/sinks/reports.ts';
import { collectingLog } from '../../support/log.ts';

function openReports() {
  const warnings: string[] = [];
  const lines: string[] = [];
  const reports = createSinkReports({
    log: collectingLog(lines),
    now: () => 1_000,
    warn: ({ code }) => warnings.push(code),
    nameOf: (sink) => `Sink ${sink}`,
  });
  return { reports, warnings, lines };
}

const failure = (options = {}): SinkFailure => new SinkFailure(networkMessages.status({ status: 401 }), options);

test('the problem of the last attempt stays until one succeeds', () => {
  const { reports } = openReports();
  reports.failed('a', failure(), false);
  expect(reports.of('a')).toMatchObject({ problem: 'status 401' });
  expect(reports.of('b')).toEqual({});
  reports.sent('a');
  expect(reports.of('a')).toEqual({ lastSentAt: '1970-01-01T00:00:01.000Z' });
});

test('a test notification that was accepted ends the problem, and does not count as the last one sent', () => {
  const { reports } = openReports();
  reports.failed('a', failure(), false);
  reports.testSent('a');
  expect(reports.of('a')).toEqual({});
  reports.sent('a');
  reports.failed('a', failure(), false);
  reports.testSent('a');
  expect(reports.of('a')).toEqual({ lastSentAt: '1970-01-01T00:00:01.000Z' });
});

test('wrong credentials are warned of once until a notification is sent, or the sink is removed', () => {
  const { reports, warnings } = openReports();
  const deny = (): void => reports.failed('a', failure({ isDenied: true }), false);
  deny();
  deny();
  expect(warnings).toEqual(['notifications.sinkDenied']);
  reports.sent('a');
  deny();
  reports.forget('a');
  deny();
  expect(warnings).toEqual(['notifications.sinkDenied', 'notifications.sinkDenied', 'notifications.sinkDenied']);
});

test('an attempt that is repeated is logged, and the last one is warned of', () => {
  const { reports, warnings, lines } = openReports();
  reports.failed('a', failure(), false);
  expect([warnings, lines.length]).toEqual([[], 1]);
  reports.failed('a', failure(), true);
  reports.failed('a', failure({ isFinal: true }), true);
  expect(warnings).toEqual(['notifications.sinkGaveUp', 'notifications.sinkRejected']);
});
