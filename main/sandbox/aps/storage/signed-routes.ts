import type { Request, Response, Router } from 'express';
import { ErrorResponse } from '../../http/index.ts';
import type { Storage } from './object-routes.ts';

/** Simulates S3: parts are uploaded and objects downloaded at signed URLs, without a token. */
export function addSignedRoutes(
  router: Router,
  { buckets, uploads, links }: Pick<Storage, 'buckets' | 'uploads' | 'links'>,
): void {
  router.put('/s3/:signature', (request, response) => {
    const use = links.find(request.params.signature);
    if (use?.kind !== 'upload') throw denied();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const etag = uploads.receive(use.uploadKey, use.part, body);
    if (etag === undefined) throw failure(404, 'NoSuchUpload');
    response.set('etag', `"${etag}"`).end();
  });
  router.get('/s3/:signature', (request, response) => {
    const use = links.find(request.params.signature);
    if (use?.kind !== 'download') throw denied();
    const { data, sha1 } = buckets.object(use.bucket, use.object);
    response.set({ ...use.headers, etag: `"${sha1}"`, 'accept-ranges': 'bytes' });
    sendRange(request, response, data);
  });
}

function sendRange(request: Request, response: Response, data: Buffer): void {
  const ranges = request.range(data.length);
  if (ranges === -1) throw failure(416, 'InvalidRange');
  const range = Array.isArray(ranges) && ranges.length === 1 ? ranges[0] : undefined;
  if (!range) return void response.end(data);
  response.status(206).set('content-range', `bytes ${range.start}-${range.end}/${data.length}`);
  response.end(data.subarray(range.start, range.end + 1));
}

function denied(): ErrorResponse {
  return failure(403, 'AccessDenied');
}

/** An error in the form of S3. */
function failure(status: number, code: string): ErrorResponse {
  return new ErrorResponse(status, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);
}
