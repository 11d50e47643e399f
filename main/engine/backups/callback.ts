import { createHash, randomUUID } from 'node:crypto';
import type { Connector, Delivery } from '../connector/index.ts';
import type { CallbackRequest, CallbackResponse, Router } from '../ingress/index.ts';
import { toRow } from '../ingress/index.ts';
import { describe, type Log } from '../log.ts';
import type { DeliveryRow, Events, SecretStore } from '../storage/index.ts';
import { type Ledger, LedgerError } from '../storage/index.ts';
import { type BackupRecord, beginRecord, isOver, isResumable, takenUp } from './record.ts';
import type { BackupRecords } from './records.ts';

export interface BackupDoorOptions {
  readonly records: BackupRecords;
  readonly ledger: Ledger;
  readonly secretStore: SecretStore;
  readonly nameOf: Events['nameOf'];
  /** Of a connection; undefined where it is gone. */
  connectorOf(connection: string): Connector | undefined;
  now(): number;
  readonly log: Log;
  /** A callback is on disk: the backup can go on. Called after the answer is decided. */
  calledBack(id: string, event: number | undefined): void;
  refusedByDisk(error: LedgerError): void;
}

/** A provider that called back once may bring further ids, each a backup of its own; more than these are not believed. */
const mostIds = 5;
/** A callback that comes after its request has ended is still welcome for so long, in milliseconds. */
const grace = 24 * 3600_000;
const methods: readonly string[] = ['GET', 'POST', 'HEAD'];

const heard: CallbackResponse = { status: 200, text: 'ok' };
const unknown: CallbackResponse = { status: 404 };

/**
 * Takes callbacks to the addresses of backups. Nothing in them is signed: the unguessable address is the proof, and the id it
 * brings is only ever used with our own sign-in. 200 is said once the id is on disk, and before anything is done with it.
 */
export function createBackupDoor(options: BackupDoorOptions): Router {
  const { records, ledger, secretStore, log, now } = options;

  const take = async (arrival: CallbackRequest): Promise<CallbackResponse> => {
    const [root] = records.byKey(arrival.key);
    const connector = root && options.connectorOf(root.connection);
    if (!root) return unknown;
    if (arrival.method === 'HEAD') return heard;
    if (!connector?.backups) return unknown;
    const { method, rest, headers, body } = arrival;
    const hook = { event: root.request, scope: {} };
    const delivery: Delivery = { method, rest, headers, body, hook, nameOf: options.nameOf };
    const proof = connector.verify(delivery, []);
    if (!proof.genuine) {
      await ledger.write('rejection', { receivedAt: now(), hook: root.id, reason: proof.reason });
      return { status: 401 };
    }
    const handle = connector.backups.handle(delivery);
    if (handle === undefined) {
      log.info('backups', `The callback address of backup ${root.id} was tried without an id.`);
      return heard;
    }
    const sealed = (await secretStore.encrypt({ handle })).handle ?? '';
    const print = createHash('sha256').update(handle).digest('hex').slice(0, 32);
    const registered = { connector, connection: root.connection, registered: hook, label: root.title };
    const rowFor = ({ id }: BackupRecord): DeliveryRow =>
      withoutSecrets(toRow({ ...registered, hook: id }, delivery, { deliveryId: print, ...proof }, now()), [
        handle,
        arrival.key,
      ]);
    return enter(arrival.key, print, sealed, rowFor);
  };

  const enter = (
    key: string,
    print: string,
    handle: string,
    rowFor: (record: BackupRecord) => DeliveryRow,
  ): Promise<CallbackResponse> =>
    records.inTurn(async (save) => {
      const family = records.byKey(key);
      const known = family.find((one) => one.print === print);
      // A provider that calls again for one that failed says that its result is there.
      const again = known && isResumable(known) && now() <= known.updatedAt + grace ? takenUp(known, now()) : undefined;
      if (known && !again) {
        await ledger.write('delivery', rowFor(known));
        return heard;
      }
      const next = again ?? admit(family, { print, handle }, now());
      if (!next) return unknown;
      const event = await save(next, { delivery: rowFor(next) });
      setImmediate(options.calledBack, next.id, again ? undefined : event);
      return heard;
    });

  return {
    matches: (key, method) => methods.includes(method) && records.byKey(key).length > 0,
    async receive(arrival) {
      try {
        return await take(arrival);
      } catch (error) {
        log.warn('backups', `A callback for a backup could not be taken: ${describe(error)}`);
        if (error instanceof LedgerError) options.refusedByDisk(error);
        return { status: 503 };
      }
    },
    tooLarge: () => log.info('backups', 'A callback for a backup was larger than 1 MB and refused.'),
  };
}

/** The record that takes the id: the requested one, or a further one beside it; undefined where none may. */
function admit(
  family: readonly BackupRecord[],
  id: { readonly print: string; readonly handle: string },
  now: number,
): BackupRecord | undefined {
  const [root] = family;
  if (!root || root.abandoned || family.filter(({ print }) => print !== null).length >= mostIds) return undefined;
  const newest = Math.max(...family.map(({ updatedAt }) => updatedAt));
  if (family.every(isOver) && now > newest + grace) return undefined;
  const called = { ...id, state: 'called-back', since: now, updatedAt: now, problem: null, advice: null } as const;
  if (root.print !== null) {
    const { base, postedAt, answered } = root;
    return { ...beginRecord({ ...root, id: randomUUID() }, now), base, postedAt, answered, ...called };
  }
  // Its result came with the answer to the request; the id is kept to have an expired link renewed.
  const isServed = ['resolved', 'downloading', 'done'].includes(root.state);
  return isServed ? { ...root, ...id, updatedAt: now } : { ...root, ...called };
}

/** The id opens the result and the key stands for the address: neither is kept in the clear. */
function withoutSecrets(row: DeliveryRow, secrets: readonly string[]): DeliveryRow {
  const clean = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  const text = Buffer.from(row.body).toString('latin1');
  const body = secrets.some((secret) => text.includes(secret))
    ? Buffer.from(clean(Buffer.from(row.body).toString()))
    : row.body;
  return { ...row, headers: clean(row.headers), body, silent: true };
}
