import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { followStrayErrors, logProcessCrashes } from '../../main/desktop/stray-errors.ts';
import { collectingLog } from '../support/log.ts';

test.each(['uncaughtException', 'unhandledRejection'])(
  'an error from %s is logged and reported, and nothing else',
  (event) => {
    const process = new EventEmitter();
    const lines: string[] = [];
    const warnings: string[] = [];
    const errors = followStrayErrors({ process: process as never, log: collectingLog(lines) });
    process.emit(event, new Error('lost socket'));
    errors.report(({ text }) => warnings.push(text));
    process.emit(event, new TypeError('no such part'));
    expect(lines.join()).toMatch(/lost socket.*no such part/s);
    expect(warnings).toEqual([expect.stringMatching(/keeps running/)]);
  },
);

test('a crash of another process of Chromium is logged, and an orderly end is not', () => {
  const app = new EventEmitter();
  const lines: string[] = [];
  logProcessCrashes(app as never, collectingLog(lines));
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 });
  expect(lines).toEqual([expect.stringMatching(/\(GPU\): crashed, code 139/)]);
});
