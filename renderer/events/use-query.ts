import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useHookNames } from '../hook-name.ts';
import { useConnections, useHooks } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { type ReadQuery, readQuery } from './query.ts';

/** The query in the window's address, as typed and as applied. */
export function useQueryText() {
  const { view } = useWindow();
  const present = useViewOf('events');
  const applied = present.q ?? '';
  const [typed, setTyped] = useState(applied);
  const own = useRef(applied);
  const apply = (query: string) => {
    const q = query.trim();
    own.current = q;
    const { q: _previous, ...rest } = present;
    view.set(q ? { ...rest, q } : rest);
  };
  const applyLater = useDebouncedCallback(apply, 200);
  // The query may change without typing, through a link or Back.
  useEffect(() => {
    if (applied !== own.current) setTyped(applied);
    own.current = applied;
  }, [applied]);
  return {
    typed,
    applied,
    type: (query: string) => {
      setTyped(query);
      applyLater(query);
    },
    apply: (query: string) => {
      applyLater.cancel();
      setTyped(query);
      apply(query);
    },
  };
}

/** The parsed query; relative times count from when it was applied. */
export function useReadQuery(query: string): ReadQuery {
  const hooks = useHooks().data;
  const connections = useConnections().data;
  const { long, connection } = useHookNames();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names follow from hooks and connections
  return useMemo(() => {
    const named = {
      hook: (text: string) => idBy(text, hooks, long),
      connection: (text: string) => idBy(text, connections, ({ id }) => connection(id) ?? ''),
    };
    return readQuery(query, named, Date.now());
  }, [query, hooks, connections]);
}

/** Resolves an id or a part of a name to an id; returns the text while the items are loading. */
function idBy<T extends { readonly id: string }>(
  text: string,
  items: readonly T[] | undefined,
  nameOf: (item: T) => string,
): string | undefined {
  if (!items || items.some(({ id }) => id === text)) return text;
  return items.find((item) => nameOf(item).toLowerCase().includes(text.toLowerCase()))?.id;
}
