import type { Request, Router } from 'express';
import { z } from 'zod';
import { parseJson } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import { type Buckets, type StoredObject, storageRejection } from './buckets.ts';
import { pageOf } from './page.ts';
import type { SignedLinks } from './signed-links.ts';
import type { Uploads } from './uploads.ts';

export interface Storage {
  readonly buckets: Buckets;
  readonly uploads: Uploads;
  readonly links: SignedLinks;
  readonly tokens: Tokens;
  readonly now: () => number;
}

const Completion = z.looseObject({
  uploadKey: z.string(),
  size: z.int().optional(),
  eTags: z.array(z.string()).optional(),
});
const object = '/oss/v2/buckets/:bucket/objects/:object';

/** Routes to the objects of a bucket and to signed URLs for uploads and downloads. */
export function addObjectRoutes(router: Router, storage: Storage): void {
  const { buckets, tokens } = storage;
  router.get('/oss/v2/buckets/:bucket/objects', (request, response) => {
    tokens.authorise(request, ['data:read']);
    const { bucket } = request.params;
    const start = String(request.query.beginsWith ?? '');
    const { items, next } = pageOf(
      request,
      buckets.objects(bucket).filter(({ key }) => key.startsWith(start)),
    );
    response.json({ items: items.map((one) => describe(request, bucket, one)), ...next });
  });
  router.get(`${object}/details`, (request, response) => {
    tokens.authorise(request, ['data:read']);
    const { bucket, object } = request.params;
    const found = buckets.object(bucket, object);
    response.json({ ...describe(request, bucket, found), ...extras(request, found) });
  });
  router.delete(object, (request, response) => {
    tokens.authorise(request, ['data:write']);
    buckets.removeObject(request.params.bucket, request.params.object);
    response.end();
  });
  addUploads(router, storage);
  addDownloads(router, storage);
}

function addUploads(router: Router, { buckets, uploads, links, tokens, now }: Storage): void {
  router.get(`${object}/signeds3upload`, (request, response) => {
    tokens.authorise(request, ['data:write', 'data:create']);
    const { bucket, object } = request.params;
    buckets.find(bucket);
    const { uploadKey: key } = request.query;
    const upload = uploads.open(bucket, object, typeof key === 'string' ? key : undefined);
    const expires = now() + minutesOf(request) * 60_000;
    const first = numberOf(request, 'firstPart', 1, 10_000);
    const urls = Array.from({ length: numberOf(request, 'parts', 1, 25) }, (_, index) =>
      addressOf(request, links.sign({ kind: 'upload', uploadKey: upload.key, part: first + index }, expires)),
    );
    const [urlExpiration, uploadExpiration] = [expires, upload.expires].map((time) => new Date(time).toISOString());
    response.json({ uploadKey: upload.key, urls, urlExpiration, uploadExpiration });
  });
  router.post(`${object}/signeds3upload`, (request, response) => {
    tokens.authorise(request, ['data:write', 'data:create']);
    const { bucket, object } = request.params;
    buckets.find(bucket);
    const { uploadKey, ...expected } = parseJson(request, Completion, storageRejection);
    const data = uploads.complete(bucket, object, uploadKey, expected);
    const type = String(request.headers['x-ads-meta-content-type'] ?? 'application/octet-stream');
    response.json(describe(request, bucket, buckets.store(bucket, object, data, type)));
  });
}

function addDownloads(router: Router, { buckets, links, tokens, now }: Storage): void {
  router.get(`${object}/signeds3download`, (request, response) => {
    tokens.authorise(request, ['data:read']);
    const { bucket, object } = request.params;
    const { type, sha1, data } = buckets.object(bucket, object);
    if (request.headers['if-none-match']?.replaceAll('"', '') === sha1) return response.status(304).end();
    const expires = now() + minutesOf(request) * 60_000;
    const headers = {
      'content-type': String(request.query['response-content-type'] ?? type),
      ...header(request, 'content-disposition'),
      ...header(request, 'cache-control'),
    };
    const url = addressOf(request, links.sign({ kind: 'download', bucket, object, headers }, expires));
    response.json({ status: 'complete', url, params: { 'content-type': type }, size: data.length, sha1 });
  });
}

function header(request: Request, name: string): Record<string, string> {
  const value = request.query[`response-${name}`];
  return typeof value === 'string' ? { [name]: value } : {};
}

function minutesOf(request: Request): number {
  return request.query.minutesExpiration === undefined ? 2 : numberOf(request, 'minutesExpiration', 2, 60);
}

function numberOf(request: Request, name: string, otherwise: number, most: number): number {
  const value = request.query[name] ?? otherwise;
  const number = /^\d+$/.test(String(value)) ? Number(value) : 0;
  if (number < 1 || number > most) throw storageRejection(400, `${name} must be from 1 to ${most}.`);
  return number;
}

function addressOf(request: Request, path: string): string {
  return `http://${request.headers.host}${path}`;
}

function describe(request: Request, bucketKey: string, { key, sha1, data, type }: StoredObject): object {
  return {
    bucketKey,
    objectId: `urn:adsk.objects:os.object:${bucketKey}/${key}`,
    objectKey: key,
    sha1,
    size: data.length,
    contentType: type,
    location: addressOf(request, `/oss/v2/buckets/${bucketKey}/objects/${encodeURIComponent(key)}`),
  };
}

/** The additional members that `with` requests. */
function extras(request: Request, { created }: StoredObject): object {
  const requested = [request.query.with ?? []].flat().map(String);
  const dates = ['createdDate', 'lastAccessedDate', 'lastModifiedDate'].filter((name) => requested.includes(name));
  return Object.fromEntries(dates.map((name) => [name, created]));
}
