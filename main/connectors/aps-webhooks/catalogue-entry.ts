import type { Catalogue } from '../../engine/connector/index.ts';

export type System = Catalogue['systems'][number];
type Row = readonly [event: string, title: string, help?: string | undefined];

/** Shown for an event name with an asterisk. */
export const pattern = 'A pattern: * stands for any characters.';

/** Rows of event name, title and help as entries that take these scope keys. */
export function entries(scopes: readonly string[], rows: readonly Row[]): System['events'] {
  return rows.map(([event, title, help]) => ({ event, title, scopes: [...scopes], ...(help ? { help } : {}) }));
}
