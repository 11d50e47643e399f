import { createLog, type Log } from '../../main/engine/log.ts';

/** A log that nobody reads. */
export const silentLog: Log = createLog(() => {});

/** A log that adds each entry's text to `lines`. */
export const collectingLog = (lines: string[]): Log => createLog(({ text }) => lines.push(text));
