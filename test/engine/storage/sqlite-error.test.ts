import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { isRejection } from '../../../main/engine/storage/sqlite-error.ts';

const failureOf = (code: number): Error => Object.assign(new Error('failed'), { errcode: code });

function failureIn(sql: string, ...values: (string | number)[]): unknown {
  const database = new DatabaseSync(':memory:');
  try {
    database.exec('CREATE TABLE numbers (number INTEGER NOT NULL) STRICT');
    database.prepare(sql).run(...values);
  } catch (error) {
    return error;
  } finally {
    database.close();
  }
  return undefined;
}

test('a write fails for what it holds where a constraint, a type or a value is wrong', () => {
  expect(isRejection(failureIn('INSERT INTO numbers VALUES (NULL)'))).toBe(true);
  expect(isRejection(failureIn('INSERT INTO numbers VALUES (?)', 'text'))).toBe(true);
  expect(isRejection(failureIn('INSERT INTO numbers VALUES (?)', {} as never))).toBe(true);
  expect(isRejection(new Error('Unable to deserialize'))).toBe(true);
});

test('it fails for the state of the store where that has no memory, room, file or lock, or cannot be written', () => {
  const [locked, noMemory, readOnly, readError, full, notOpened] = [5, 7, 8, 266, 13, 14];
  const states = [locked, noMemory, readOnly, readError, full, notOpened].map(Number).map(failureOf);
  expect(states.map(isRejection)).toEqual(states.map(() => false));
});
