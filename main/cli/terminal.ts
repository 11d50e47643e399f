import type { Readable, Writable } from 'node:stream';
import type { Message } from '../engine/messages/index.ts';

/** The streams, environment and signals of the process that a command runs in. */
export interface CommandProcess {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Aborts when the user interrupts the command. */
  readonly signal: AbortSignal;
}

/** Translates a message into the user's language. A string without a code, as from an older host, stays unchanged. */
export type Say = (message: Message | string) => string;

/** The terminal of this process, with the language of its user. */
export interface Terminal extends CommandProcess {
  readonly say: Say;
}
