import type { Message } from '../engine/messages/index.ts';

/** What the exit code says: documented in docs/command-line.md. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noHost: 3, timedOut: 4, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command with a message on standard error and this exit code. A text without a code is one of the system's or of the host's. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: ExitCode;
  readonly reason: Message | string;

  constructor(exitCode: ExitCode, reason: Message | string) {
    super(typeof reason === 'string' ? reason : reason.text);
    this.exitCode = exitCode;
    this.reason = reason;
  }
}

export function usageFailure(reason: Message): CommandFailure {
  return new CommandFailure(exitCodes.usage, reason);
}
