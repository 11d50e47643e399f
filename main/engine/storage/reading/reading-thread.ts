import { DatabaseSync } from 'node:sqlite';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { isDamage } from '../sqlite-error.ts';
import { createQuery, type ReadName, reads } from '../tables/index.ts';
import { readSnapshot } from './snapshot.ts';

/** Answers questions about stored events from a connection of its own, so that a long search delays nothing else. */

export type Order = Question | 'close';
interface Question {
  readonly id: number;
  readonly name: ReadName;
  readonly input: unknown;
}
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly message: string; readonly damaged: boolean };

/** Milliseconds a question waits for a locked file. */
const lockTimeout = 5_000;

interface Connection {
  answer(question: Question): unknown;
  close(): void;
}

function openConnection(file: string): Connection {
  const database = new DatabaseSync(file, { timeout: lockTimeout });
  database.exec('PRAGMA query_only = ON');
  const query = createQuery(database);
  return {
    answer: ({ name, input }) => readSnapshot(database, () => reads[name](query, input as never)),
    close: () => database.close(),
  };
}

/** Answers what the port asks about the file, until it says 'close'. */
export function serve(port: MessagePort, file: unknown): void {
  if (typeof file !== 'string') throw new TypeError('The thread needs the path of its file.');
  let connection: Connection | undefined;
  const answer = (question: Question): Answer => {
    const { id } = question;
    try {
      connection ??= openConnection(file);
      return { id, value: connection.answer(question) };
    } catch (error) {
      return { id, message: error instanceof Error ? error.message : String(error), damaged: isDamage(error) };
    }
  };
  port.on('message', (order: Order) => {
    if (order === 'close') {
      connection?.close();
      port.close();
    } else {
      port.postMessage(answer(order));
    }
  });
}

if (parentPort) serve(parentPort, workerData);
