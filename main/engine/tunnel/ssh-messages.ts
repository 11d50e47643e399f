import { RingbackError } from '../errors.ts';
import { lastLine } from './process-provider.ts';
import type { SshSettings } from './ssh.ts';

interface Words {
  readonly host: string;
  /** What to type in a terminal to see for oneself. */
  readonly command: string;
  readonly remotePort: number;
}

type Explanation = readonly [said: RegExp, code: RingbackError['code'], words: (words: Words) => string];

/** The first that fits counts: ssh ends with the same code whatever happened, only its words differ. */
const explanations: readonly Explanation[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    'unauthorized',
    ({ host }) =>
      `The server ${host} shows another key than before. It was set up anew, or somebody stands between you and it: ask who runs it. Then forget the old key with "ssh-keygen -R ${host}".`,
  ],
  [
    /Host key verification failed|no .*host key is known/i,
    'unauthorized',
    ({ host, command }) =>
      `The key of the server ${host} is not known here yet. Run "${command}" once in a terminal and accept the key it shows, if it is the right one.`,
  ],
  [
    /agent refused operation|communication with agent failed|agent.*signing failed/i,
    'unauthorized',
    ({ command }) =>
      `Your SSH agent did not sign: its key is locked, or wants to be confirmed. Unlock it with "ssh-add", until "${command}" works without a question.`,
  ],
  [
    /Permission denied|Too many authentication failures|No more authentication methods/i,
    'unauthorized',
    ({ host, command }) =>
      `The server ${host} accepted none of your keys. Ringback types no passwords: add your key there and load it with "ssh-add", until "${command}" works without a question.`,
  ],
  [
    /remote port forwarding failed|forwarding.*(administratively prohibited|disabled)/i,
    'provider',
    ({ host, remotePort }) =>
      `The server ${host} does not give its port ${remotePort}: an earlier connection may still hold it, or forwarding is not allowed there (AllowTcpForwarding, PermitListen).`,
  ],
  [/Could not resolve hostname/i, 'offline', ({ host }) => `The name ${host} cannot be looked up now.`],
  [/Connection refused/i, 'offline', ({ host }) => `The server ${host} refuses the connection.`],
  [
    /timed out|Timeout, server|No route to host|Network is (unreachable|down)/i,
    'offline',
    ({ host }) => `The server ${host} does not answer.`,
  ],
  [
    /Connection (closed|reset)|Broken pipe|kex_exchange_identification|Connection to .* closed/i,
    'provider',
    ({ host }) => `The server ${host} closed the connection.`,
  ],
  [
    /Bad (owner or permissions|configuration option)|terminating, \d+ bad configuration/i,
    'conflict',
    ({ command }) => `Your SSH configuration has a mistake. "${command}" in a terminal shows it.`,
  ],
];

/** Why ssh makes no way, in words for whoever set it up. */
export function explainSsh(
  said: readonly string[],
  happened: string,
  { destination, port, remotePort = 80 }: SshSettings,
): RingbackError {
  const host = destination.slice(destination.indexOf('@') + 1);
  const command = `ssh ${port === undefined ? '' : `-p ${port} `}${destination}`;
  const text = said.join('\n');
  for (const [pattern, code, words] of explanations) {
    if (pattern.test(text)) return new RingbackError(code, words({ host, command, remotePort }));
  }
  return new RingbackError('offline', `The connection by ssh ${happened}${lastLine(said)}.`);
}
