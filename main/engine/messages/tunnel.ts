import type { MessageReference } from '../../../preload/contract/index.ts';
import { defineMessages, followedBy, type Message, withCause } from './message.ts';
import { describeNetworkFailure, type NetworkFailure } from './network.ts';
import { formatTime } from './times.ts';

/** A program that carries callbacks has ended, or printed no public URL in time. */
export type ProgramOutcome = 'ended' | 'timed-out';

interface Outcome {
  readonly outcome: ProgramOutcome;
  /** The last line it printed; empty where it printed none. */
  readonly output: string;
}

/** cloudflared connects past this proxy, to this port of Cloudflare; absent where there is no proxy. */
interface PastProxy {
  readonly proxy?: string;
  readonly edgePort?: number;
}

const outcomes: Readonly<Record<ProgramOutcome, string>> = {
  ended: 'ended',
  'timed-out': 'provided no public URL in time',
};

/** What users read about the public URL and the tunnel providers. */
export const tunnelMessages = defineMessages('tunnel', {
  unavailable: () => 'There is no public URL.',
  tryLater: () => 'Try again later, or check Settings → Tunnel.',
  notConfigured: () =>
    'There is no public URL, so callbacks cannot reach this computer. Set up a tunnel in Settings → Tunnel.',
  connecting: () => 'There is no public URL yet: the tunnel is still connecting. Try again in a moment.',
  receiverDown: () => 'The receiver is not listening.',
  internal: () => 'The tunnel stopped because of an unexpected error. See the log for details.',

  noResponse: ({ url, ...failure }: NetworkFailure & { url: string }) =>
    `The public URL ${url} does not respond (${describeNetworkFailure(failure)}).`,
  redirect: ({ status }: { status: number }) =>
    `The public URL responds with a redirect (status ${status}), which callbacks do not follow. Use the URL it redirects to.`,
  gatewayError: ({ status }: { status: number }) =>
    `The public URL responds but does not lead to this computer (status ${status}).`,
  differentPage: ({ status }: { status: number }) =>
    `The public URL responds with a different page (status ${status}).`,

  bodyChanged: () =>
    'The public URL changes the content of requests on their way here, so no signature can be verified. Use a tunnel or reverse proxy that passes the body unchanged.',
  prefixAdded: ({ prefix }: { prefix: string }) =>
    `Requests to the public URL arrive here under ${prefix}/in/… instead of /in/…: the reverse proxy must remove "${prefix}". Diagnose shows the line to change.`,
  suffixAdded: ({ suffix }: { suffix: string }) =>
    `Requests to the public URL arrive here with "${suffix}" added to their path: the reverse proxy must pass the path unchanged. Diagnose shows the line to change.`,
  doubleSlash: () =>
    'Requests to the public URL arrive here with a double slash in their path: the reverse proxy must pass the path unchanged. Diagnose shows the line to change.',
  pathRewritten: ({ path }: { path: string }) =>
    `Requests to the public URL arrive here at ${path} instead of /in/…: the reverse proxy must pass the path unchanged. Diagnose shows the line to change.`,
  otherProtocol: ({ protocol }: { protocol: string }) =>
    `The reverse proxy sends ${protocol} to this computer, which accepts plain HTTP/1.1. Diagnose shows the line to change.`,

  confirmedByDelivery: ({ at }: { at: string }) =>
    `This computer cannot reach the public URL itself, but a callback arrived through it on ${formatTime(at)}.`,
  trusted: () =>
    'This computer cannot verify the public URL. It counts as up because you trust it in Settings → Tunnel.',

  serverNoResponse: ({ server, ...failure }: NetworkFailure & { server: string }) =>
    `The tunnel server ${server} does not respond (${describeNetworkFailure(failure)}).`,
  noUrlAssigned: ({ server, status, detail }: { server: string; status: number; detail: string }) =>
    `The tunnel server ${server} assigned no URL (status ${status})${detail && `: ${detail}`}.`,
  serverPortUnreachable: ({ server, port }: { server: string; port: number }) =>
    `The tunnel server ${server} assigned a URL, but its port ${port} cannot be reached. A firewall may be blocking it.`,
  proxyRejects: ({ host, port, ...failure }: NetworkFailure & { host: string; port: number }) =>
    `The tunnel cannot connect to port ${port} of ${host} (${describeNetworkFailure({ step: 'proxy', ...failure })}).${failure.status === 407 ? '' : ' Ask the administrator of the proxy to allow this port, or choose another tunnel in Settings → Tunnel.'}`,
  differentName: ({ requested, assigned }: { requested: string; assigned: string }) =>
    `The tunnel server assigned the name ${assigned} instead of ${requested}.`,

  sshMissing: () =>
    'ssh is not installed on this computer. Install OpenSSH; on Windows it is one of the optional features.',
  sshHostKeyChanged: ({ host }: { host: string }) =>
    `The host key of ${host} has changed. The server was reinstalled, or someone is intercepting the connection: ask its administrator. Then remove the old key with "ssh-keygen -R ${host}".`,
  sshHostKeyUnknown: ({ host, command }: { host: string; command: string }) =>
    `The host key of ${host} is not known. Run "${command}" once in a terminal and accept the key if it is the right one.`,
  sshAgentLocked: ({ command }: { command: string }) =>
    `Your SSH agent did not sign: its key is locked or needs confirmation. Unlock it with "ssh-add" until "${command}" connects without a prompt.`,
  sshKeysRejected: ({ host, command }: { host: string; command: string }) =>
    `${host} accepted none of your SSH keys, and Ringback cannot enter passwords. Add your key on the server and load it with "ssh-add" until "${command}" connects without a prompt.`,
  sshPortUnavailable: ({ host, remotePort }: { host: string; remotePort: number }) =>
    `${host} does not forward its port ${remotePort}: an earlier connection may still use it, or forwarding is not allowed (AllowTcpForwarding, PermitListen).`,
  sshNameNotFound: ({ host }: { host: string }) => `The host name ${host} cannot be looked up.`,
  sshConnectionRefused: ({ host }: { host: string }) => `${host} refused the SSH connection.`,
  sshNoResponse: ({ host }: { host: string }) => `${host} does not respond to SSH.`,
  sshConnectionClosed: ({ host }: { host: string }) => `${host} closed the SSH connection.`,
  sshConfigurationInvalid: ({ command }: { command: string }) =>
    `Your SSH configuration has an error. Run "${command}" in a terminal to see it.`,
  sshFailed: ({ outcome, output }: Outcome) => `The SSH connection ${outcomes[outcome]}${quoteOutput(output)}.`,

  cloudflaredMissing: () =>
    'cloudflared is not installed on this computer. Install it from Cloudflare; Ringback detects it automatically.',
  quickTunnelsLimited: ({ minutes }: { minutes: number }) =>
    `Cloudflare provides no more quick tunnels for now, because too many were requested (status 429). Ringback tries again in about ${minutes} minutes. A named tunnel has no such limit.`,
  quickTunnelFailed: ({ outcome, output, ...past }: Outcome & PastProxy) =>
    `The quick tunnel of cloudflared ${outcomes[outcome]}${quoteOutput(output)}.${adviseProxy(past)}`,
  namedTunnelRejected: ({ tunnel, output }: { tunnel: string; output: string }) =>
    `cloudflared cannot open the tunnel ${tunnel}${quoteOutput(output)}. Run "cloudflared tunnel login" and "cloudflared tunnel list" in a terminal, and enter the name shown there.`,
  namedTunnelFailed: ({ tunnel, outcome, output, ...past }: Outcome & PastProxy & { tunnel: string }) =>
    `The cloudflared tunnel ${tunnel} ${outcomes[outcome]}${quoteOutput(output)}.${adviseProxy(past)}`,
});

/** There is no public URL because of this problem. */
export function tunnelUnavailable(message: string, reason: MessageReference | undefined): Message {
  return followedBy(withCause(tunnelMessages.unavailable(), { message, reason }), tunnelMessages.tryLater());
}

function adviseProxy({ proxy, edgePort }: PastProxy): string {
  if (proxy === undefined) return '';
  return ` cloudflared cannot connect through the proxy ${proxy}: it needs a direct connection to port ${edgePort} of Cloudflare. Ask the administrator of the network to allow it, or choose another tunnel in Settings → Tunnel.`;
}

function quoteOutput(output: string): string {
  return output && ` (output: ${output})`;
}
