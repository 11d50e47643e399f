import type { Change } from '../../preload/contract/index.ts';
import { CommandFailure, exitCodes, usageFailure } from './exit.ts';
import type { Session } from './session.ts';

interface WaitOptions<T> {
  /** Begins the work; what is reported from then on is not missed. */
  start(): Promise<T>;
  /** The new state of the work, where the change is about it. */
  read(change: Change, started: T): T | undefined;
  isOver(state: T): boolean;
  describe(state: T): string;
  /** Milliseconds; no limit where absent. */
  readonly timeout?: number | undefined;
}

/** Starts work and follows it to its end, with its progress on a terminal. */
export async function waitFor<T>({ terminal, output, host }: Session, options: WaitOptions<T>): Promise<T> {
  const { timeout } = options;
  const late = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const ending = new AbortController();
  const signal = AbortSignal.any([terminal.signal, ending.signal, ...(late ? [late] : [])]);
  const client = await host();
  let state: T | undefined;
  try {
    for await (const change of client.changes(signal)) {
      state = change.type === 'ready' ? await options.start() : state && (options.read(change, state) ?? state);
      if (state === undefined) continue;
      if (options.isOver(state)) return state;
      output.progress(options.describe(state));
    }
  } finally {
    ending.abort();
    output.progress('');
  }
  terminal.signal.throwIfAborted();
  throw new CommandFailure(
    exitCodes.timedOut,
    'The time for waiting is over; the work continues. Look at it again later.',
  );
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds of "90s", "15m", "2h" or "7d". */
export function duration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = units[unit];
  if (count === undefined || seconds === undefined)
    throw usageFailure(`"${text}" is no duration such as 90s, 15m, 2h or 7d.`);
  return Number(count) * seconds * 1000;
}

/** The ISO time of such a duration before now, or of a date. */
export function moment(text: string, now: number): string {
  if (/^\d{1,6}[smhd]$/.test(text)) return new Date(now - duration(text)).toISOString();
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw usageFailure(`"${text}" is neither a date nor a duration such as 15m, 2h or 7d.`);
  return new Date(time).toISOString();
}
