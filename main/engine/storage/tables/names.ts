import type { Prepare, Query } from './query.ts';

/** The name of a resource, and the resource that contains it. */
interface ResourceNameRow {
  readonly resource: string;
  readonly name: string;
  readonly within: string | null;
}

/** Stores names that browsing found; gives how many are new or differ from what was stored. */
export function putResourceNames(prepare: Prepare, rows: readonly ResourceNameRow[]): number {
  const put = prepare(
    `INSERT INTO places VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, within = excluded.within
      WHERE places.name IS NOT excluded.name OR places.within IS NOT excluded.within`,
  );
  return rows.reduce((sum, { resource, name, within }) => sum + Number(put.run(resource, name, within).changes), 0);
}

/** Stores the name that an event gave; it renames what browsing found. */
export function putEventName(prepare: Prepare, resource: string, name: string, event: number): void {
  prepare(
    'INSERT INTO names VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, event = excluded.event',
  ).run(resource, name, event);
  prepare('UPDATE places SET name = ?2 WHERE resource = ?1').run(resource, name);
}

export function deleteEventNames(prepare: Prepare, event: number): void {
  prepare('DELETE FROM names WHERE event = ?').run(event);
}

/** What browsing found. */
export function selectResource(query: Query, resource: string): ResourceNameRow | undefined {
  const row = query.one('SELECT name, within FROM places WHERE resource = ?', resource);
  return row && { resource, name: String(row.name), within: row.within === null ? null : String(row.within) };
}

/** As browsing found it, else as an event gave it. */
export function selectName(query: Query, resource: string): string | undefined {
  const found = selectResource(query, resource);
  if (found) return found.name;
  const row = query.one('SELECT name FROM names WHERE resource = ?', resource);
  return row && String(row.name);
}
