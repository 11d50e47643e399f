import type { Finding, Status } from '../../../preload/contract/index.ts';
import type { Misroute } from '../ingress/index.ts';
import { doctorMessages, type Message } from '../messages/index.ts';
import { found, subjectOf } from './finding.ts';

type Receiver = Pick<Status['receiver'], 'port' | 'unmatched'>;

/** Whether requests arrive at the paths of their callback URLs, and what to change where they do not. */
export function routingFindings(
  { port, unmatched }: Receiver,
  misroute: Misroute | undefined,
  publicUrl: string | undefined,
): readonly Finding[] {
  const finding = { ...subjectOf(doctorMessages.reverseProxy()), check: 'routing' };
  if (misroute)
    return [{ ...finding, ...found('bad', describe(misroute), { advice: proxyAdvice(misroute, port, publicUrl) }) }];
  if (!unmatched) return [];
  const { count, since, lastMethod: method, lastPath: path } = unmatched;
  return [{ ...finding, ...found('good', doctorMessages.unmatched({ count, since, method, path })) }];
}

function describe({ kind, added }: Misroute): Message {
  if (kind === 'prefix') return doctorMessages.prefixAdded({ added });
  if (kind === 'suffix') return doctorMessages.suffixAdded({ added });
  if (kind === 'rewritten') return doctorMessages.pathRewritten({ added });
  return kind === 'protocol' ? doctorMessages.otherProtocol({ protocol: added }) : doctorMessages.doubleSlash();
}

/** How the reverse proxy has to pass the path on: as it is, or without the path that the public URL itself has. */
function proxyAdvice({ kind }: Misroute, port: number, publicUrl: string | undefined): Message {
  const added = URL.parse(publicUrl ?? '')?.pathname.replace(/(?<!\/)\/+$/, '') ?? '';
  const pattern = added === '' ? '(.*)' : `^${added.slice(1)}/(.*)`;
  const rule = { added, target: `http://127.0.0.1:${port}`, port, pattern };
  if (kind === 'protocol') return doctorMessages.plainHttp(rule);
  return added === '' ? doctorMessages.passPath(rule) : doctorMessages.removePrefix(rule);
}
