import { expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { type Message, teamMessages } from '../../../main/engine/messages/index.ts';
import { createProblems, problemOf } from '../../../main/engine/team/retry.ts';
import { isForgotten } from '../../../main/engine/team/standby/index.ts';

function reported() {
  const reports: (Message | string | undefined)[] = [];
  return { reports, problems: createProblems((problem) => reports.push(problem)) };
}

test('the oldest problem is reported until it ends, and then the next', () => {
  const { reports, problems } = reported();
  problems.set('publishing', 'first');
  problems.set('members', 'second');
  problems.clear('publishing');
  problems.clear('publishing');
  problems.clear('members');
  expect(reports).toEqual(['first', 'first', 'second', undefined]);
});

test('problems of a connection are over with it, and no report repeats that nothing failed', () => {
  const { reports, problems } = reported();
  problems.reset();
  problems.set('publishing', 'no room');
  problems.reset();
  problems.reset();
  expect(reports).toEqual(['no room', undefined]);
});

test('what comes before all other problems is reported alone, without a moment in which there is none', () => {
  const { reports, problems } = reported();
  problems.set('publishing', 'no room');
  problems.setOnly('preparing', 'another computer receives');
  problems.setOnly('preparing', 'another computer receives');
  problems.clear('publishing');
  expect(reports).toEqual(['no room', 'another computer receives', 'another computer receives']);
});

test('the status quotes a failure without its stack, and a message by its code', () => {
  const failure = new TypeError('the stream is gone');
  expect(failure.stack).toContain('retry.test');
  expect(problemOf(failure).text).toBe('the stream is gone');
  expect(problemOf('closed').text).toBe('closed');
  const told = problemOf(new RingbackError('conflict', teamMessages.keyMissing()));
  expect(told).toMatchObject({ code: 'team.keyMissing', text: teamMessages.keyMissing().text });
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
