import type { Log } from '../engine/log.ts';
import type { Note } from '../engine/ports.ts';

/** One entry of the log with its time; standard output belongs to the ready line alone. */
export function createTerminalLog(write: (text: string) => void, now: () => number): Log {
  return (line) => write(`${new Date(now()).toISOString()} ${line}\n`);
}

/** A notification, where no system shows it. */
export function noteLine({ title, body }: Note): string {
  return `Notification: ${[title, body].filter(Boolean).join(': ').replaceAll('\n', ' ')}`;
}
