import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Connection, Hook, Input, MethodName, Output as MethodOutput } from '../../preload/contract/index.ts';
import { type ControlClient, HostGoneError } from '../control/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { CommandFailure, exitCodes, usageFailure } from './exit.ts';
import { findHost } from './find-host.ts';
import { type namedKinds, programMessages } from './messages/index.ts';
import { createOutput, type Output } from './output.ts';
import type { Say, Terminal } from './terminal.ts';

/** Gives a command its host, its output and its terminal. */
export interface Session {
  readonly terminal: Terminal;
  readonly output: Output;
  readonly say: Say;
  /** The running host; throws if there is none. */
  host(): Promise<ControlClient>;
  ask<M extends MethodName>(method: M, input: Input<M>, signal?: AbortSignal): Promise<MethodOutput<M>>;
  /**
   * Repeats the request if the host restarts within a minute or has replaced its token. The host may then have handled it
   * twice.
   */
  askAcrossRestart<M extends MethodName>(method: M, input: Input<M>): Promise<MethodOutput<M>>;
}

/** Milliseconds to wait for a host to restart, and between two checks. */
const [restartTime, restartInterval] = [60_000, 250];

interface GlobalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly dataDir?: string;
}

function openSession(command: Command, terminal: Terminal): Session {
  const { json = false, quiet = false, dataDir } = command.optsWithGlobals<GlobalOptions>();
  let found: Promise<ControlClient> | undefined;
  const host = (): Promise<ControlClient> => {
    found ??= findHost(dataDir, terminal);
    return found;
  };
  const output = createOutput(terminal, { json, quiet });
  const ask: Session['ask'] = async (method, input, signal) => (await host()).ask(method, input, signal);
  return {
    ...{ terminal, output, say: terminal.say, host, ask },
    async askAcrossRestart(method, input) {
      let deadline: number | undefined;
      let token: string | undefined;
      for (;;) {
        try {
          token = (await host()).description.token;
          return await ask(method, input);
        } catch (error) {
          if (isRefused(error) && (await findHost(dataDir, terminal)).description.token !== token) {
            found = undefined;
            continue;
          }
          if (!isHostGone(error, deadline !== undefined) || (deadline ?? Infinity) < Date.now()) throw error;
          if (deadline === undefined) output.note(programMessages.waitingForHost());
          deadline ??= Date.now() + restartTime;
        }
        found = undefined;
        await delay(restartInterval, undefined, { signal: terminal.signal });
      }
    },
  };
}

/** Whether to wait for a restart. A command that found no host at first (`wasRunning` false) does not wait for one. */
function isHostGone(error: unknown, wasRunning: boolean): boolean {
  return (
    error instanceof HostGoneError ||
    (wasRunning && error instanceof CommandFailure && error.exitCode === exitCodes.noHost)
  );
}

/** Whether the host rejected the token, which may have been replaced since it was read. */
function isRefused(error: unknown): boolean {
  return error instanceof RingbackError && error.code === 'unauthorized';
}

/** A command's action; `words` are its arguments. */
type Action<Options> = (session: Session, options: Options, ...words: readonly string[]) => Promise<void>;

/** The handler for commander: runs the action with a new session. */
export function act<Options>(terminal: Terminal, action: Action<Options>): (...parameters: unknown[]) => Promise<void> {
  return async (...parameters) => {
    const command = parameters.at(-1) as Command;
    const words = parameters
      .slice(0, -2)
      .flat()
      .filter((word) => word !== undefined) as string[];
    const work = action(openSession(command, terminal), command.opts() as Options, ...words);
    await Promise.race([work, interruption(terminal.signal)]);
  };
}

/** Rejects when the user interrupts the command. */
function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Finds a connection by its id, the beginning of its id, its name, or its connector. Throws if none or several match. */
export async function connectionNamed(session: Session, text: string): Promise<Connection> {
  const connections = await session.ask('connections.list', {});
  return theOne(
    connections,
    text,
    'connection',
    ({ id, name, connector }) => id.startsWith(text) || sameText(name, text) || connector === text,
  );
}

/** Finds a hook by its id or the beginning of its id. Throws if none or several match. */
export async function hookNamed(session: Session, text: string): Promise<Hook> {
  return theOne(await session.ask('hooks.list', {}), text, 'hook', ({ id }) => id.startsWith(text));
}

/** The item with exactly this id, or the only one that matches. Throws if none or several match. */
export function theOne<T extends { readonly id: string }>(
  all: readonly T[],
  text: string,
  kind: keyof typeof namedKinds,
  matches: (one: T) => boolean,
): T {
  const exact = all.find(({ id }) => id === text);
  const found = exact ? [exact] : all.filter(matches);
  const [one] = found;
  if (one === undefined) throw usageFailure(programMessages.nothingNamed({ kind, name: text }));
  if (found.length > 1) throw usageFailure(programMessages.severalNamed({ kind, name: text, count: found.length }));
  return one;
}

function sameText(one: string, other: string): boolean {
  return one.localeCompare(other, undefined, { sensitivity: 'base' }) === 0;
}

/** `key=value` options as a record. */
export function pairs(values: readonly string[], option: string): Record<string, string> {
  return Object.fromEntries(
    values.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw usageFailure(programMessages.needsPair({ option, text }));
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** Commander's parser of an option that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Parses a port from `lowest` to 65535; throws a usage error. */
export function portOf(option: string, text: string, lowest: 0 | 1): number {
  const port = wholeNumber(text, lowest, 65_535);
  if (port === undefined) throw usageFailure(programMessages.noPort({ option, lowest, text }));
  return port;
}

/** Parses a whole number within these bounds; throws a usage error. */
export function wholeNumberOf(option: string, text: string, lowest: number, highest: number): number {
  const number = wholeNumber(text, lowest, highest);
  if (number === undefined) throw usageFailure(programMessages.noWholeNumber({ option, lowest, highest, text }));
  return number;
}

function wholeNumber(text: string, lowest: number, highest: number): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return number >= lowest && number <= highest ? number : undefined;
}
