import { Router, raw } from 'express';
import type { Random } from '../../random.ts';
import type { Tokens } from '../authentication/index.ts';
import { addBucketRoutes } from './bucket-routes.ts';
import { Buckets } from './buckets.ts';
import { addObjectRoutes } from './object-routes.ts';
import { SignedLinks } from './signed-links.ts';
import { addSignedRoutes } from './signed-routes.ts';
import { Uploads } from './uploads.ts';

/** Whether bodies at this path are binary. */
export function isObjectPath(path: string): boolean {
  return path.startsWith('/s3/');
}

/** The Object Storage Service, as far as uploads and downloads at signed S3 URLs use it. */
export function createStorage(tokens: Tokens, now: () => number, random: Random): Router {
  const router = Router();
  const buckets = new Buckets(now);
  const uploads = new Uploads(now, random.fork('uploads'));
  const links = new SignedLinks(now, random.fork('links'));
  router.use('/s3', raw({ type: () => true, limit: '64mb' }));
  addBucketRoutes(router, buckets, tokens);
  addObjectRoutes(router, { buckets, uploads, links, tokens, now });
  addSignedRoutes(router, { buckets, uploads, links });
  return router;
}
