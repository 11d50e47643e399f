import type { UnreadableRequest } from './unreadable-request.ts';

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

/** How a reverse proxy changes the path of a callback URL, or what it speaks in place of HTTP/1.1. */
export interface Misroute {
  readonly kind: 'prefix' | 'double-slash' | 'suffix' | 'rewritten' | 'protocol';
  /** What was added to the path; empty for double slashes, the whole path where it was rewritten, or the protocol. */
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
  /** Something arrived that is no request. */
  recordUnreadable(request: UnreadableRequest): void;
  /** A request arrived at the path of its callback URL. */
  matched(): void;
}

const maxPathLength = 120;

export function createUnmatchedRecorder(now: () => number, changed: () => void): UnmatchedRecorder {
  let requests: UnmatchedRequests | undefined;
  let misroute: Misroute | undefined;
  const countIn = (at: number, method: string, path: string): void => {
    const { count = 0, since = at } = requests ?? {};
    const lastMethod = presentPath(method).slice(0, 20);
    requests = { count: count + 1, since, lastAt: at, lastMethod, lastPath: presentPath(path) };
    changed();
  };
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
      const found = findMisroute(path, hasKey) ?? findRewritten(target, hasKey);
      if (found) misroute = { ...found, at };
      countIn(at, method, path);
    },
    recordUnreadable({ protocol, method, target }) {
      const at = now();
      if (protocol) misroute = { kind: 'protocol', added: protocol, at };
      countIn(at, method, target.replace(/\?.*/s, ''));
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

/** Runs of hexadecimal digits that are compared with the keys. */
const mostRuns = 5;

/** A key of ours at a path that is changed in any other way: shortened, in capitals, encoded, or moved into the query. */
function findRewritten(target: string, hasKey: (key: string) => boolean): Omit<Misroute, 'at'> | undefined {
  const start = target.slice(0, maxTargetLength);
  // The path is right: the method, or what follows the key, is why it is answered 404.
  if (/^\/in\/[0-9a-f]{32}(?![0-9a-f])/.test(start)) return undefined;
  const runs =
    decodeTwice(start)
      .toLowerCase()
      .match(/[0-9a-f]{32,}/g) ?? [];
  // A key directly behind "in" is found, too: "n" is no hexadecimal digit.
  const found = runs.slice(0, mostRuns).find((run) => run.length === 32 && hasKey(run));
  return found === undefined ? undefined : { kind: 'rewritten', added: presentPath(concealValues(start, found)) };
}

/** Of the query only the value that holds the key is shown: others may be secrets. */
function concealValues(target: string, key: string): string {
  return target.replace(/([?&][^=&]*=)([^&]*)/g, (pair, name: string, value: string) =>
    decodeTwice(value).toLowerCase().includes(key) ? pair : `${name}...`,
  );
}

/** Without percent-encoding, which two proxies one behind the other may have added twice. */
function decodeTwice(text: string): string {
  const decode = (encoded: string): string =>
    encoded.replace(/%([0-7][0-9a-f])/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return decode(decode(text));
}

/** Longer targets are no callback URLs. */
const maxTargetLength = 2_000;

/** A path as it may be shown: printable, without keys and other long secrets, shortened. */
function presentPath(path: string): string {
  const shown = path
    .slice(0, maxTargetLength)
    .replace(/[^\x21-\x7e]/g, '·')
    .replace(/(?:[0-9A-Za-z_-]|%[0-9a-f]{2}){24,}/gi, '…');
  return shown.length > maxPathLength ? `${shown.slice(0, maxPathLength)}…` : shown;
}
