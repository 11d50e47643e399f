import type { Request, Router } from 'express';
import { z } from 'zod';
import { parseJson } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import { type Bucket, type Buckets, storageRejection } from './buckets.ts';
import { pageOf } from './page.ts';

const regions = ['US', 'EMEA', 'AUS', 'CAN', 'DEU', 'IND', 'JPN', 'GBR'];
const NewBucket = z.looseObject({
  bucketKey: z.string().regex(/^[-_.a-z0-9]{3,128}$/, 'must be 3 to 128 characters: - _ . a-z 0-9'),
  policyKey: z.enum(['transient', 'temporary', 'persistent']),
});

export function addBucketRoutes(router: Router, buckets: Buckets, tokens: Tokens): void {
  router.get('/oss/v2/buckets', (request, response) => {
    tokens.authorise(request, ['bucket:read']);
    const all = buckets.list(regionOf(request.query.region));
    const { items, next } = pageOf(request, all);
    response.json({ items: items.map(summary), ...next });
  });
  router.post('/oss/v2/buckets', (request, response) => {
    const { client } = tokens.authorise(request, ['bucket:create']);
    const { bucketKey: key, policyKey: policy } = parseJson(request, NewBucket, storageRejection);
    const region = regionOf(request.headers['x-ads-region']);
    response.json(details(buckets.create({ key, policy, region, owner: client })));
  });
  router.get('/oss/v2/buckets/:bucket/details', (request, response) => {
    tokens.authorise(request, ['bucket:read'], ['viewables:read']);
    response.json(details(buckets.find(request.params.bucket)));
  });
  router.delete('/oss/v2/buckets/:bucket', (request, response) => {
    tokens.authorise(request, ['bucket:delete']);
    buckets.remove(request.params.bucket);
    response.end();
  });
}

function regionOf(given: Request['query'][string]): string {
  const named = given ?? 'US';
  const region = regions.find((name) => name === (named === 'APAC' ? 'AUS' : named));
  if (!region) throw storageRejection(400, 'The region is unknown.');
  return region;
}

function summary({ key, created, policy }: Bucket): object {
  return { bucketKey: key, createdDate: created, policyKey: policy };
}

function details(bucket: Bucket): object {
  const permissions = [{ authId: bucket.owner, access: 'full' }];
  return { ...summary(bucket), bucketOwner: bucket.owner, permissions };
}
