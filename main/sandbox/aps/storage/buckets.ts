import { createHash } from 'node:crypto';
import { ErrorResponse } from '../../http/index.ts';

/** Hours for which objects are stored, by retention policy. */
const retention = { transient: 24, temporary: 30 * 24, persistent: Number.POSITIVE_INFINITY };
type Policy = keyof typeof retention;

export interface Bucket {
  readonly key: string;
  readonly owner: string;
  readonly region: string;
  readonly policy: Policy;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export interface StoredObject {
  readonly key: string;
  readonly data: Buffer;
  readonly type: string;
  readonly created: number;
  readonly sha1: string;
}

/** Buckets and their objects, in memory. */
export class Buckets {
  readonly #buckets = new Map<string, Bucket & { readonly objects: Map<string, StoredObject> }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  create(given: Omit<Bucket, 'created'>): Bucket {
    if (this.#buckets.has(given.key)) throw storageRejection(409, 'Bucket already exists');
    const bucket = { ...given, created: this.#now(), objects: new Map<string, StoredObject>() };
    this.#buckets.set(given.key, bucket);
    return bucket;
  }

  list(region: string): readonly Bucket[] {
    return [...this.#buckets.values()].filter((bucket) => bucket.region === region).sort(byKey);
  }

  find(key: string): Bucket {
    return this.#find(key);
  }

  remove(key: string): void {
    this.#find(key);
    this.#buckets.delete(key);
  }

  objects(bucket: string): readonly StoredObject[] {
    return [...this.#find(bucket).objects.keys()].flatMap((key) => this.#living(bucket, key) ?? []).sort(byKey);
  }

  object(bucket: string, key: string): StoredObject {
    const found = this.#living(bucket, key);
    if (!found) throw storageRejection(404, 'Object not found');
    return found;
  }

  store(bucket: string, key: string, data: Buffer, type: string): StoredObject {
    const sha1 = createHash('sha1').update(data).digest('hex');
    const stored = { key, data, type, created: this.#now(), sha1 };
    this.#find(bucket).objects.set(key, stored);
    return stored;
  }

  removeObject(bucket: string, key: string): void {
    this.object(bucket, key);
    this.#find(bucket).objects.delete(key);
  }

  #find(key: string) {
    const bucket = this.#buckets.get(key);
    if (!bucket) throw storageRejection(404, 'Bucket not found');
    return bucket;
  }

  #living(key: string, object: string): StoredObject | undefined {
    const { objects, policy } = this.#find(key);
    const found = objects.get(object);
    return found && this.#now() - found.created < retention[policy] * 3_600_000 ? found : undefined;
  }
}

function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return one.key < other.key ? -1 : 1;
}

/** An error in the form of the storage service. */
export function storageRejection(status: number, reason: string): ErrorResponse {
  return new ErrorResponse(status, { reason });
}
