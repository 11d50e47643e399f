import { createHash, randomUUID } from 'node:crypto';
import type { Connector } from '../connector/index.ts';
import { type CallbackResponse, type CallbackRoute, type FindRoute, toRow } from '../ingress/index.ts';
import type { Log } from '../log.ts';
import type { DeliveryRow, Ledger, SecretStore } from '../storage/index.ts';
import { days, hours, isRecent } from '../timing/index.ts';
import {
  type BackupRecord,
  type BackupRecords,
  isConfirmed,
  isOver,
  isResumable,
  newRecord,
  resumed,
  withoutAdvice,
  withoutProblem,
} from './records/index.ts';

interface BackupRoutesOptions {
  readonly records: BackupRecords;
  readonly ledger: Ledger;
  readonly secretStore: SecretStore;
  /** Undefined where the connection no longer exists. */
  connectorOf(connection: string): Connector | undefined;
  now(): number;
  readonly log: Log;
  /** A callback is on disk, as this event if it is new: the backup can continue. Called once the response is chosen. */
  calledBack(event: number | undefined): void;
}

/** A provider may call one URL back with further ids, each a backup of its own, up to this number that it confirms. */
const mostIds = 5;
/** Look-ups of ids that came to one URL, within the time; anybody who knows it can invent ids. */
const mostLookUps = 20;
const lookUpTime = hours(1);
/** How long a callback is accepted after its request has ended. */
const gracePeriod = days(1);
const methods: readonly string[] = ['GET', 'POST', 'HEAD'];

const ok: CallbackResponse = { status: 200, text: 'ok' };
const notFound: CallbackResponse = { status: 404 };
const retryLater: CallbackResponse = { status: 503 };

/**
 * Finds the callback routes of backups. Their callbacks are not signed: the unguessable URL is the credential, and the
 * id in a callback is only used with our own sign-in. 200 is sent once the id is on disk, before it is used.
 */
export function createBackupRoutes(options: BackupRoutesOptions): FindRoute {
  return (key, method) => {
    const [root] = methods.includes(method) ? options.records.byKey(key) : [];
    const connector = root && options.connectorOf(root.connection);
    return root && connector ? toRoute(root, connector, options) : undefined;
  };
}

function toRoute(root: BackupRecord, connector: Connector, options: BackupRoutesOptions): CallbackRoute {
  const { secretStore, log, now } = options;
  const registered = { event: root.request, scope: {} };
  const address = { connector, connection: root.connection, registered, label: root.title };
  return {
    target: root.id,
    connector,
    registered,
    head: ok,
    secrets: () => [],
    async store(delivery, verification, { key }) {
      if (!connector.backups) return notFound;
      const handle = connector.backups.handle(delivery);
      if (handle === undefined) {
        log.info('backups', `The callback URL of backup ${root.id} was called without an id.`);
        return ok;
      }
      const encrypted = (await secretStore.encrypt({ handle })).handle ?? '';
      const print = createHash('sha256').update(handle).digest('hex').slice(0, 32);
      const rowFor = ({ id }: BackupRecord): DeliveryRow =>
        withoutSecrets(toRow({ ...address, hook: id }, delivery, { deliveryId: print, ...verification }, now()), [
          handle,
          key,
        ]);
      return storeCallback(key, { print, handle: encrypted }, rowFor, options);
    },
  };
}

/** Stores the id in the record that takes it, together with the delivery. */
function storeCallback(
  key: string,
  id: CallbackId,
  rowFor: (record: BackupRecord) => DeliveryRow,
  { records, ledger, now, calledBack }: BackupRoutesOptions,
): Promise<CallbackResponse> {
  return records.exclusively(async (save) => {
    const group = records.byKey(key);
    const known = group.find((one) => one.print === id.print);
    // A provider that calls again for a failed backup says that its result is ready.
    const again =
      known && isResumable(known) && now() <= known.updatedAt + gracePeriod ? resumed(known, now()) : undefined;
    if (known && !again) {
      await ledger.write('delivery', rowFor(known));
      return ok;
    }
    const [root] = group;
    const admission = again ? 'admitted' : admissionOf(group, now());
    if (!root || admission === 'rejected') return notFound;
    const lookUps = recentLookUps(root, now());
    if (admission === 'put off' || lookUps.length >= mostLookUps) return retryLater;
    const next = again ?? recordFor(group, root, id, now());
    const counted = { lookUps: [...lookUps, now()] };
    if (next.id !== root.id) await save({ ...root, ...counted });
    const event = await save(next.id === root.id ? { ...next, ...counted } : next, { delivery: rowFor(next) });
    setImmediate(calledBack, again ? undefined : event);
    return ok;
  });
}

interface CallbackId {
  /** A digest of the id, by which a repetition is recognized. */
  readonly print: string;
  /** The id, encrypted. */
  readonly handle: string;
}

/** Only ids that the provider confirms count; while others are looked up, more than the limit are put off. */
function admissionOf(group: readonly BackupRecord[], now: number): 'admitted' | 'put off' | 'rejected' {
  const [root] = group;
  const confirmed = group.filter(isConfirmed).length;
  if (!root || root.abandoned || confirmed >= mostIds) return 'rejected';
  const newest = Math.max(...group.map(({ updatedAt }) => updatedAt));
  if (group.every(isOver) && now > newest + gracePeriod) return 'rejected';
  const pending = group.filter((one) => one.print !== null && !isConfirmed(one) && !isOver(one)).length;
  return confirmed + pending >= mostIds ? 'put off' : 'admitted';
}

function recentLookUps({ lookUps = [] }: BackupRecord, now: number): readonly number[] {
  return lookUps.filter((time) => isRecent(time, lookUpTime, now));
}

/** The record that takes the id: the requested one, one whose id the provider does not know, or a further one. */
function recordFor(group: readonly BackupRecord[], root: BackupRecord, id: CallbackId, now: number): BackupRecord {
  const called = {
    ...id,
    state: 'called-back',
    since: now,
    updatedAt: now,
    unknownId: false,
    ...withoutProblem,
    ...withoutAdvice,
  } as const;
  const unknown = group.find((one) => one.unknownId && one.state === 'failed' && !one.abandoned);
  if (unknown) return { ...unknown, ...called };
  if (root.print !== null) {
    const { base, postedAt, answered } = root;
    return { ...newRecord({ ...root, id: randomUUID() }, now), base, postedAt, answered, further: true, ...called };
  }
  // Its result came with the response to the request; the id is stored to renew an expired link.
  const isServed = ['resolved', 'downloading', 'done'].includes(root.state);
  return isServed ? { ...root, ...id, updatedAt: now } : { ...root, ...called };
}

/** The id grants access to the result and the key identifies the URL: neither is stored unencrypted. */
function withoutSecrets(row: DeliveryRow, secrets: readonly string[]): DeliveryRow {
  const clean = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  const text = Buffer.from(row.body).toString('latin1');
  const body = secrets.some((secret) => text.includes(secret))
    ? Buffer.from(clean(Buffer.from(row.body).toString()))
    : row.body;
  return { ...row, headers: clean(row.headers), body, silent: true };
}
