import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { RingbackError } from '../engine/errors.ts';
import { escapeMarkup, type Message, notificationMessages } from '../engine/messages/index.ts';
import type { NotifyCommand } from '../engine/ports.ts';

/** Milliseconds after which the program is killed. */
const timeout = 30_000;

/**
 * Runs the user's program without a shell and writes each notification to its standard input as JSON. `notify-send`
 * does not read it and gets title and body as arguments.
 */
export function createNotifyCommand(program: string): NotifyCommand {
  const parametersOf = basename(program) === 'notify-send' ? notifySendParameters : () => [];
  return {
    name: program,
    async run(json, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
      const child = spawn(program, parametersOf(json), {
        ...{ stdio: ['pipe', 'ignore', 'ignore'], signal: limit, killSignal: 'SIGKILL' },
      });
      // The program may close its standard input without reading.
      child.stdin.on('error', () => {}).end(`${json}\n`);
      const [code, ended] = (await once(child, 'close').catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') throw failure(notificationMessages.programMissing({ program }), cause);
        if (signal.aborted || !limit.aborted) throw cause;
        throw failure(notificationMessages.programSlow({ seconds: timeout / 1000 }), cause);
      })) as [number | null, NodeJS.Signals | null];
      if (code === null) throw failure(notificationMessages.programEnded({ signal: String(ended) }));
      if (code !== 0) throw failure(notificationMessages.programFailed({ code }));
    },
  };
}

function failure(reason: Message, cause?: unknown): RingbackError {
  return new RingbackError('provider', reason, { cause });
}

/**
 * Notification services parse the body as markup (Desktop Notifications Specification), after `notify-send` has decoded
 * escape sequences in the body, such as `\n` and `\74`; it decodes none in the title.
 */
function notifySendParameters(json: string): readonly string[] {
  const { title, body = '', outcome } = JSON.parse(json) as { title: string; body?: string; outcome: string };
  const urgency = outcome === 'failed' ? 'critical' : 'normal';
  return ['--app-name=Ringback', `--urgency=${urgency}`, '--', title, ...(body ? [escaped(body)] : [])];
}

const escaped = (body: string): string => escapeMarkup(body).replaceAll('\\', '\\\\');
