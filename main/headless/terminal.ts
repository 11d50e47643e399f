import type { HostNotification, LogEntry } from '../engine/ports.ts';

/** Writes log entries with their time to standard error; standard output contains only the line that the host is ready. */
export function createTerminalLog(write: (text: string) => void, now: () => number): (entry: LogEntry) => void {
  return ({ level, scope, text }) => write(`${new Date(now()).toISOString()} ${level} ${scope}: ${text}\n`);
}

/** Writes each log entry as one line of JSON. */
export function createJsonLog(write: (text: string) => void, now: () => number): (entry: LogEntry) => void {
  return ({ level, scope, text }) =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, scope, text })}\n`);
}

/** The text of a notification for the terminal, where the system shows none. */
export function noteLine({ title, body }: HostNotification): string {
  return `Notification: ${[title, body].filter(Boolean).join(': ').replaceAll('\n', ' ')}`;
}
