import { useCallback, useEffect, useRef, useState } from 'react';
import { askValue } from '../problem.ts';
import { useWindow } from '../window-context.ts';
import { type Branches, root, withFailure, withLoading, withPage } from './branches.ts';

export interface Browsing {
  readonly branches: Branches;
  readonly opened: ReadonlySet<string>;
  /** Opens a node; loads its children the first time and after a failure. */
  open(key: string): void;
  close(key: string): void;
  /** Loads the next page, or retries the one that failed. */
  more(key: string): void;
}

/** The tree of a connection, as far as it was opened. */
export function useBrowsing(connection: string): Browsing {
  const { transport } = useWindow();
  const [branches, setBranches] = useState<Branches>(new Map());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(branches);
  const change = useCallback((next: (branches: Branches) => Branches) => {
    latest.current = next(latest.current);
    setBranches(latest.current);
  }, []);

  const more = useCallback(
    async (key: string) => {
      const branch = latest.current.get(key);
      if (branch?.state === 'loading') return;
      change((all) => withLoading(all, key));
      try {
        const place = { ...(key === root ? {} : { node: key }), ...(branch?.next ? { page: branch.next } : {}) };
        const page = await askValue(transport, 'browse.children', { connection, ...place });
        change((all) => withPage(all, key, page));
      } catch (failure) {
        const problem = failure instanceof Error ? failure : new Error(String(failure));
        change((all) => withFailure(all, key, problem));
      }
    },
    [transport, connection, change],
  );
  useEffect(() => void more(root), [more]);

  return {
    branches,
    opened,
    more: (key) => void more(key),
    open(key) {
      setOpened((keys) => new Set(keys).add(key));
      if (latest.current.get(key)?.state !== 'ready') void more(key);
    },
    close: (key) => setOpened((keys) => new Set([...keys].filter((each) => each !== key))),
  };
}
