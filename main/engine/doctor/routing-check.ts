import type { Finding, Status } from '../../../preload/contract.ts';
import type { Misroute } from '../ingress/index.ts';

type Receiver = Pick<Status['receiver'], 'port' | 'unmatched'>;

/** Whether requests arrive at the paths of their callback URLs, and what to change where they do not. */
export function routingFindings({ port, unmatched }: Receiver, misroute: Misroute | undefined): readonly Finding[] {
  const finding = { subject: 'Reverse proxy', check: 'routing' } as const;
  if (misroute) {
    return [{ ...finding, state: 'bad', text: describeMisroute(misroute), advice: proxyAdvice(misroute, port) }];
  }
  if (!unmatched) return [];
  const { count, since, lastMethod, lastPath } = unmatched;
  const requests = count === 1 ? '1 request' : `${count} requests`;
  const text = `${requests} to unknown addresses since ${since}; the last one was ${lastMethod} ${lastPath}.`;
  return [{ ...finding, state: 'good', text: `${text} Ringback rejects these; they harm nothing.` }];
}

function describeMisroute({ kind, added }: Misroute): string {
  if (kind === 'prefix') return `Callbacks arrive under ${added}/in/… instead of /in/…, so they are rejected.`;
  if (kind === 'suffix') return `Callbacks arrive with "${added}" added to their path, so they are rejected.`;
  return 'Callbacks arrive with a double slash in their path, so they are rejected.';
}

/** The line that passes the path as Ringback expects it, for the usual reverse proxies. */
function proxyAdvice({ kind, added }: Misroute, port: number): string {
  const target = `http://127.0.0.1:${port}`;
  const prefix = kind === 'prefix' ? added : '';
  const intro =
    kind === 'prefix'
      ? `Let the reverse proxy remove "${added}".`
      : 'Let the reverse proxy pass the path as it is: both sides of the rule end with a slash, or neither does.';
  const pattern = prefix === '' ? '(.*)' : `^${prefix.slice(1)}/(.*)`;
  return [
    intro,
    `nginx: location ${prefix}/ { proxy_pass ${target}/; }`,
    prefix === ''
      ? `Caddy: reverse_proxy 127.0.0.1:${port}`
      : `Caddy: handle_path ${prefix}/* { reverse_proxy 127.0.0.1:${port} }`,
    `Apache: ProxyPass "${prefix}/" "${target}/"`,
    `IIS: <match url="${pattern}" /> <action type="Rewrite" url="${target}/{R:1}" />`,
  ].join('\n');
}
