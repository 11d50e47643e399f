/** Requests to the receiver that no callback URL matches. */
export interface UnmatchedRequests {
  readonly count: number;
  /** When the first and the last one arrived, in milliseconds since 1970. */
  readonly since: number;
  readonly lastAt: number;
  readonly lastMethod: string;
  /** Without query and keys, shortened. */
  readonly lastPath: string;
}

/** How a reverse proxy changes the path of a callback URL. */
export interface Misroute {
  readonly kind: 'prefix' | 'double-slash' | 'suffix';
  /** What was added to the path; empty for double slashes. */
  readonly added: string;
  readonly at: number;
}

export interface UnmatchedRecorder {
  /** Undefined while every request matched. */
  readonly requests: UnmatchedRequests | undefined;
  /** Where the key of a callback URL arrived last at a wrong path; undefined once one arrived at the right path. */
  readonly misroute: Misroute | undefined;
  /** Records a request that is answered 404. `hasKey` says whether a key is one of ours. */
  record(request: { readonly method: string; readonly target: string }, hasKey: (key: string) => boolean): void;
  /** A request arrived at the path of its callback URL. */
  matched(): void;
}

const maxPathLength = 120;

export function createUnmatchedRecorder(now: () => number, changed: () => void): UnmatchedRecorder {
  let requests: UnmatchedRequests | undefined;
  let misroute: Misroute | undefined;
  return {
    get requests() {
      return requests;
    },
    get misroute() {
      return misroute;
    },
    record({ method, target }, hasKey) {
      const at = now();
      const path = target.replace(/\?.*/s, '');
      const found = findMisroute(path, hasKey);
      if (found) misroute = { ...found, at };
      const { count = 0, since = at } = requests ?? {};
      requests = { count: count + 1, since, lastAt: at, lastMethod: method.slice(0, 20), lastPath: presentPath(path) };
      changed();
    },
    matched() {
      misroute = undefined;
    },
  };
}

/** What a reverse proxy did to the path of a callback URL; undefined where it holds no key of ours. */
export function findMisroute(path: string, hasKey: (key: string) => boolean): Omit<Misroute, 'at'> | undefined {
  const match = /^(.*?)\/in\/+([0-9a-f]{32})(?![0-9a-f])(.*)$/s.exec(path.slice(0, maxTargetLength));
  const [, before = '', key = '', after = ''] = match ?? [];
  if (!match || !hasKey(key)) return undefined;
  const prefix = presentPath(before.replace(/\/+/g, '/').replace(/\/$/, ''));
  const suffix = presentPath(after.replace(/^\/+|(?<!\/)\/+$/g, ''));
  if (prefix !== '') return { kind: 'prefix', added: prefix };
  if (suffix !== '') return { kind: 'suffix', added: suffix };
  return path.includes('//') ? { kind: 'double-slash', added: '' } : undefined;
}

/** Longer targets are no callback URLs. */
const maxTargetLength = 2_000;

/** A path as it may be shown: printable, without keys and other long secrets, shortened. */
function presentPath(path: string): string {
  const shown = path
    .slice(0, maxTargetLength)
    .replace(/[^\x21-\x7e]/g, '·')
    .replace(/[0-9A-Za-z_-]{24,}/g, '…');
  return shown.length > maxPathLength ? `${shown.slice(0, maxPathLength)}…` : shown;
}
