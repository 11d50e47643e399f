import type { Change } from '../../preload/contract/index.ts';
import { HostGoneError } from '../control/index.ts';
import { CommandFailure, exitCodes, usageFailure } from './exit.ts';
import { programMessages } from './messages/index.ts';
import type { Session } from './session.ts';

interface WaitOptions<T> {
  /** Starts the work; called after the subscription, so that no change is missed. */
  start(): Promise<T>;
  /** The new state of the work, if the change is about it. */
  read(change: Change, started: T): T | undefined;
  /** Requests the present state after a restart of the host; undefined if the host has no such work. */
  look(state: T): Promise<T | undefined>;
  isOver(state: T): boolean;
  describe(state: T): string;
  /** Milliseconds; no limit if absent. */
  readonly timeout?: number | undefined;
}

/** Starts work and resolves with its final state, showing progress; continues if the host restarts within a minute. */
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

/** Resolves with undefined if the signal aborts first. */
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
      // If the host ended before it reported a state, the work may have started: it is not started twice.
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

/** After a restart the host has not reported the changes in between, so the state is requested. */
async function nextState<T>(options: WaitOptions<T>, change: Change, state: T | undefined): Promise<T | undefined> {
  if (state === undefined) return change.type === 'ready' ? options.start() : undefined;
  return (change.type === 'ready' ? await options.look(state) : options.read(change, state)) ?? state;
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Parses "90s", "15m", "2h" or "7d" into milliseconds; throws a usage error. */
export function duration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = units[unit];
  if (count === undefined || seconds === undefined) throw usageFailure(programMessages.noDuration({ text }));
  return Number(count) * seconds * 1000;
}

/** The ISO time of a duration before now ("2h") or of a date; throws a usage error. */
export function moment(text: string, now: number): string {
  if (/^\d{1,6}[smhd]$/.test(text)) return new Date(now - duration(text)).toISOString();
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw usageFailure(programMessages.noTime({ text }));
  return new Date(time).toISOString();
}
