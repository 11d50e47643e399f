import type { Message } from '../engine/messages/index.ts';

/** The exit codes, documented in docs/command-line.md. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noHost: 3, timedOut: 4, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command with this message on standard error and this exit code; a plain string is not translated. */
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
