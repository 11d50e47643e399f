import { useMemo } from 'react';
import type { Connection, ConnectorInfo, Hook } from '../preload/contract/index.ts';
import { useConnections, useConnectors } from './queries.ts';

export interface HookNames {
  /** "Extraction finished". */
  short(hook: Hook): string;
  /** "Extraction finished · workflow my-job · My application". */
  long(hook: Hook): string;
  connection(id: string): string | undefined;
}

/** The names of hooks, from the catalogue where it contains them; the same object until connections or connectors change. */
export function useHookNames(): HookNames {
  const connections = useConnections().data;
  const connectors = useConnectors().data;
  return useMemo(() => hookNames(connections ?? [], connectors ?? []), [connections, connectors]);
}

export function hookNames(connections: readonly Connection[], connectors: readonly ConnectorInfo[]): HookNames {
  const connectionOf = new Map(connections.map((connection) => [connection.id, connection]));
  const titles = new Map<string, string>();
  for (const { id, catalogue } of connectors) {
    for (const { system, events } of catalogue?.systems ?? []) {
      for (const { event, title } of events) titles.set(JSON.stringify([id, system, event]), title);
    }
  }
  const short = ({ connection, system, event }: Hook) =>
    titles.get(JSON.stringify([connectionOf.get(connection)?.connector, system, event])) ?? event;
  const name = (id: string) => connectionOf.get(id)?.name;
  return {
    short,
    long: (hook) =>
      [short(hook), hook.place ?? shortScope(hook.scope), name(hook.connection)].filter(Boolean).join(' · '),
    connection: name,
  };
}

/** "folder urn:…"; empty where the hook has no scope. */
export function scopeText(scope: Readonly<Record<string, string>>): string {
  return Object.entries(scope)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

/** Like `scopeText`, with shortened ids: "folder co.mgS-lb-BThaTdHnhiN_mbA". */
export function shortScope(scope: Readonly<Record<string, string>>): string {
  return scopeText(Object.fromEntries(Object.entries(scope).map(([key, value]) => [key, shortId(value)])));
}

const longestId = 28;

function shortId(id: string): string {
  if (id.length <= longestId) return id;
  const last = id.slice(id.lastIndexOf(':') + 1);
  return last.length <= longestId ? last : `${last.slice(0, 12)}…${last.slice(-8)}`;
}
