import { createHash } from 'node:crypto';
import type { Random } from '../../random.ts';
import { storageRejection } from './buckets.ts';

/** Minimum size in bytes of all parts but the last, as in S3. */
const smallestPart = 5 * 1024 * 1024;
/** Milliseconds within which an upload must be completed. */
const uploadLifetime = 24 * 3_600_000;

interface Part {
  readonly data: Buffer;
  readonly etag: string;
}

interface Upload {
  readonly bucket: string;
  readonly object: string;
  readonly expires: number;
  readonly parts: Map<number, Part>;
}

/** The incomplete uploads, by upload key. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  /** The upload with that key, or a new one without it. */
  open(bucket: string, object: string, key?: string): { readonly key: string; readonly expires: number } {
    if (key !== undefined) return { key, expires: this.#find(bucket, object, key).expires };
    const created = this.#random.bytes(24).toString('base64url');
    const expires = this.#now() + uploadLifetime;
    this.#uploads.set(created, { bucket, object, expires, parts: new Map() });
    return { key: created, expires };
  }

  /** Stores a part and returns its ETag; undefined where the upload does not exist. */
  receive(key: string, number: number, data: Buffer): string | undefined {
    const etag = createHash('md5').update(data).digest('hex');
    const upload = this.#uploads.get(key);
    upload?.parts.set(number, { data, etag });
    return upload && etag;
  }

  /** Joins the parts to the object and ends the upload. */
  complete(bucket: string, object: string, key: string, expected: Expected): Buffer {
    const { parts } = this.#find(bucket, object, key);
    const inOrder = Array.from({ length: parts.size }, (_, index) => parts.get(index + 1));
    const whole = inOrder.flatMap((part) => part ?? []);
    if (whole.length === 0 || whole.length < inOrder.length) throw storageRejection(400, 'A part is missing.');
    if (whole.slice(0, -1).some(({ data }) => data.length < smallestPart))
      throw storageRejection(400, 'A part but the last is smaller than 5 MB.');
    const data = Buffer.concat(whole.map((part) => part.data));
    if (expected.size !== undefined && expected.size !== data.length)
      throw storageRejection(400, 'The size does not match.');
    if (expected.eTags?.some((etag, index) => etag.replaceAll('"', '') !== whole[index]?.etag))
      throw storageRejection(400, 'An ETag does not match.');
    this.#uploads.delete(key);
    return data;
  }

  #find(bucket: string, object: string, key: string): Upload {
    const upload = this.#uploads.get(key);
    if (upload?.bucket === bucket && upload.object === object && upload.expires > this.#now()) return upload;
    throw storageRejection(400, 'The uploadKey is not valid.');
  }
}

/** The size and ETags that the caller expects. */
interface Expected {
  readonly size?: number | undefined;
  readonly eTags?: readonly string[] | undefined;
}
