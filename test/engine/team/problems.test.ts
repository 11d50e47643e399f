import { expect, test } from 'vitest';
import type { BrokerFault, BrokerFaultKind } from '../../../main/engine/broker.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { type Message, teamMessages } from '../../../main/engine/messages/index.ts';
import { createProblems, problemOf } from '../../../main/engine/team/problems.ts';
import { isForgotten } from '../../../main/engine/team/standby/index.ts';

function reported() {
  const reports: (string | undefined)[] = [];
  const problems = createProblems((problem) => reports.push(problem?.text));
  return { reports, problems };
}

const said = (text: string): Message => ({ code: 'test', params: {}, text });

test('the oldest problem is reported until it ends, and then the next', () => {
  const { reports, problems } = reported();
  problems.set('publishing', said('first'));
  problems.set('members', said('second'));
  problems.clear('publishing');
  problems.clear('publishing');
  problems.clear('members');
  expect(reports).toEqual(['first', 'first', 'second', undefined]);
});

test('problems of a connection are over with it, and no report repeats that nothing failed', () => {
  const { reports, problems } = reported();
  problems.reset();
  problems.set('publishing', said('no room'));
  problems.reset();
  problems.reset();
  expect(reports).toEqual(['no room', undefined]);
});

test('what comes before all other problems is reported alone, without a moment in which there is none', () => {
  const { reports, problems } = reported();
  problems.set('publishing', said('no room'));
  problems.setOnly('preparing', said('another computer receives'));
  problems.setOnly('preparing', said('another computer receives'));
  problems.clear('publishing');
  expect(reports).toEqual(['no room', 'another computer receives', 'another computer receives']);
});

test('the status quotes a failure without its stack, and a message by its code', () => {
  const failure = new TypeError('the stream is gone');
  expect(failure.stack).toContain('problems.test');
  expect(problemOf(failure).text).toBe('the stream is gone');
  expect(problemOf('closed').text).toBe('closed');
  const told = problemOf(new RingbackError('conflict', teamMessages.keyMissing()));
  expect(told).toMatchObject({ code: 'team.keyMissing', text: teamMessages.keyMissing().text });
});

const kinds: Readonly<Record<BrokerFaultKind, true>> = {
  ...{ unreachable: true, unencrypted: true, keyRejected: true, credentialsExpired: true, signInTimeout: true },
  ...{ tooManyConnections: true, storageDisabled: true, storageFull: true, forbidden: true, missing: true },
  ...{ tooLarge: true, noResponse: true, other: true },
};

const faultOf = (fault: BrokerFaultKind, cause?: Error): BrokerFault =>
  Object.assign(new Error('said the server', { cause }), { fault });

test('each kind of fault is a message of its own, and one that is not known quotes the server', () => {
  const codes = Object.keys(kinds).map((kind) => problemOf(faultOf(kind as BrokerFaultKind)).code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => code.startsWith('team.'))).toBe(true);
  expect(problemOf(faultOf('other'))).toMatchObject({
    code: 'team.serverFailure',
    params: { detail: 'said the server' },
  });
});

test('why there is no connection is said in the words of the network, and a certificate apart', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(problemOf(faultOf('unreachable', refused)).text).toContain('(connection refused)');
  const expired = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
  const problem = problemOf(faultOf('unreachable', expired));
  expect(problem.code).toBe('team.serverUntrusted');
  expect(problem.text).toContain('its certificate has expired');
  expect(problemOf(faultOf('unreachable')).text).toContain('(said the server)');
});

test.each([
  ['as it was', 5000, true],
  ['set up again', 9000, false],
  ['set up again after its clock was put back', 2000, false],
  ['of an earlier version', undefined, false],
])('a standby that was forgotten counts no more where it is %s: %s', (_kind, since, forgotten) => {
  const known = [{ holder: 'laptop', since: 5000 }];
  expect(isForgotten({ holder: 'laptop', computer: 'Laptop', since }, known)).toBe(forgotten);
  expect(isForgotten({ holder: 'other', computer: 'Other', since }, known)).toBe(false);
});
