import type { Change } from '../../preload/contract/index.ts';
import { HostGoneError } from '../control/index.ts';
import { CommandFailure, exitCodes, usageFailure } from './exit.ts';
import { programMessages } from './messages/index.ts';
import type { Session } from './session.ts';

interface WaitOptions<T> {
  /** Begins the work; what is reported from then on is not missed. */
  start(): Promise<T>;
  /** The new state of the work, where the change is about it. */
  read(change: Change, started: T): T | undefined;
  /** Its state now, for a host that ran again meanwhile; undefined where it is unknown. */
  look(state: T): Promise<T | undefined>;
  isOver(state: T): boolean;
  describe(state: T): string;
  /** Milliseconds; no limit where absent. */
  readonly timeout?: number | undefined;
}

/** Starts work and follows it to its end, with its progress on a terminal; also where the host ends and runs again within a minute. */
export async function waitFor<T>(session: Session, options: WaitOptions<T>): Promise<T> {
  const { terminal, output } = session;
  const { timeout } = options;
  const late = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const ending = new AbortController();
  const signal = AbortSignal.any([terminal.signal, ending.signal, ...(late ? [late] : [])]);
  try {
    const end = await followToEnd(session, options, signal);
    if (end !== undefined) return end;
  } finally {
    ending.abort();
    output.progress('');
  }
  terminal.signal.throwIfAborted();
  throw new CommandFailure(exitCodes.timedOut, programMessages.waitOver());
}

/** Undefined where the signal aborts first. */
async function followToEnd<T>(session: Session, options: WaitOptions<T>, signal: AbortSignal): Promise<T | undefined> {
  let state: T | undefined;
  while (!signal.aborted) {
    try {
      const client = await session.host();
      for await (const change of client.changes(signal)) {
        state = await nextState(options, change, state);
        if (state === undefined) continue;
        if (options.isOver(state)) return state;
        session.output.progress(options.describe(state));
      }
    } catch (error) {
      // Whether the work has started is unknown where the host ends meanwhile; it is not started twice.
      if (!(error instanceof HostGoneError) || state === undefined) throw error;
      session.output.progress('');
      await Promise.race([session.askAcrossRestart('status.get', {}), aborted(signal)]);
    }
  }
  return undefined;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** A host that was away has reported nothing of what happened meanwhile. */
async function nextState<T>(options: WaitOptions<T>, change: Change, state: T | undefined): Promise<T | undefined> {
  if (state === undefined) return change.type === 'ready' ? options.start() : undefined;
  return (change.type === 'ready' ? await options.look(state) : options.read(change, state)) ?? state;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Milliseconds of "90s", "15m", "2h" or "7d". */
export function duration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = units[unit];
  if (count === undefined || seconds === undefined) throw usageFailure(programMessages.noDuration({ text }));
  return Number(count) * seconds * 1000;
}

/** The ISO time of such a duration before now, or of a date. */
export function moment(text: string, now: number): string {
  if (/^\d{1,6}[smhd]$/.test(text)) return new Date(now - duration(text)).toISOString();
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw usageFailure(programMessages.noTime({ text }));
  return new Date(time).toISOString();
}
