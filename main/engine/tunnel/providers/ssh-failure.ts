import { RingbackError } from '../../errors.ts';
import { type Message, type ProgramOutcome, tunnelMessages } from '../../messages/index.ts';
import { lastLine } from './process-provider.ts';

interface SshTarget {
  readonly host: string;
  /** What to type in a terminal to reproduce the failure. */
  readonly command: string;
  readonly remotePort: number;
}

type Explanation = readonly [output: RegExp, code: RingbackError['code'], message: (target: SshTarget) => Message];

/** The first match counts: ssh exits with the same status for every failure, only its output differs. */
const explanations: readonly Explanation[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, 'unauthorized', ({ host }) => tunnelMessages.sshHostKeyChanged({ host })],
  [
    /Host key verification failed|no [^\n]*host key is known/i,
    'unauthorized',
    ({ host, command }) => tunnelMessages.sshHostKeyUnknown({ host, command }),
  ],
  [
    /agent refused operation|communication with agent failed|agent[^\n]*signing failed/i,
    'unauthorized',
    ({ command }) => tunnelMessages.sshAgentLocked({ command }),
  ],
  [
    /Permission denied|Too many authentication failures|No more authentication methods/i,
    'unauthorized',
    ({ host, command }) => tunnelMessages.sshKeysRejected({ host, command }),
  ],
  [
    /remote port forwarding failed|forwarding[^\n]*(administratively prohibited|disabled)/i,
    'provider',
    ({ host, remotePort }) => tunnelMessages.sshPortUnavailable({ host, remotePort }),
  ],
  [/Could not resolve hostname/i, 'offline', ({ host }) => tunnelMessages.sshNameNotFound({ host })],
  [/Connection refused/i, 'offline', ({ host }) => tunnelMessages.sshConnectionRefused({ host })],
  [
    /timed out|Timeout, server|No route to host|Network is (unreachable|down)/i,
    'offline',
    ({ host }) => tunnelMessages.sshNoResponse({ host }),
  ],
  [
    /Connection (closed|reset)|Broken pipe|kex_exchange_identification|Connection to [^\n]* closed/i,
    'provider',
    ({ host }) => tunnelMessages.sshConnectionClosed({ host }),
  ],
  [
    /Bad (owner or permissions|configuration option)|terminating, \d+ bad configuration/i,
    'conflict',
    ({ command }) => tunnelMessages.sshConfigurationInvalid({ command }),
  ],
];

/** Why ssh does not connect, and what the user can do about it. */
export function explainSshFailure(
  output: readonly string[],
  outcome: ProgramOutcome,
  target: SshTarget,
): RingbackError {
  const text = output.join('\n');
  for (const [pattern, code, message] of explanations) {
    if (pattern.test(text)) return new RingbackError(code, message(target));
  }
  return new RingbackError('offline', tunnelMessages.sshFailed({ outcome, output: lastLine(output) }));
}
