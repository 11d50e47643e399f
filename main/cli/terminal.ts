import type { Readable, Writable } from 'node:stream';
import type { Message } from '../engine/messages/index.ts';

/** The process that a command runs in. */
export interface CommandProcess {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Aborts when the user interrupts the command. */
  readonly signal: AbortSignal;
}

/** A message in the user's language. A text without a code, such as one of an older host, stays as it is. */
export type Say = (message: Message | string) => string;

/** The process, and the language of its user. */
export interface Terminal extends CommandProcess {
  readonly say: Say;
}
