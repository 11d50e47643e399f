import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, unknown>;

/** Reads of the database. */
export interface Query {
  all(sql: string, ...values: SQLInputValue[]): Row[];
  one(sql: string, ...values: SQLInputValue[]): Row | undefined;
}

/** Gives the statement of an SQL text; for the writes of the thread. */
export type Prepare = (sql: string) => StatementSync;

/** For `LIMIT ?`, SQLite plans the statement again at every use, which takes longer than most statements. */
export const boundLimit = 'LIMIT +?';

/** Statements of searches differ in their filters. */
const mostStatements = 500;

/** Prepares each statement once for this database. */
export function createPrepare(database: DatabaseSync): Prepare {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const [oldest] = statements.keys();
    if (statements.size >= mostStatements && oldest !== undefined) statements.delete(oldest);
    statements.set(sql, statement);
    return statement;
  };
}

/** Reads of this database by statements that are prepared once. */
export function createQuery(database: DatabaseSync): Query {
  const prepare = createPrepare(database);
  return {
    all: (sql, ...values) => prepare(sql).all(...values),
    one: (sql, ...values) => prepare(sql).get(...values),
  };
}
