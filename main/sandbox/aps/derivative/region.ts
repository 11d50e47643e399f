import type { Request } from 'express';
import { derivativeRejection } from '../../http/index.ts';
import { type Region, regions } from '../webhooks/index.ts';

/** The region in the request's header; the United States by default. */
export function regionOf(request: Request): Region {
  const named = request.headers.region ?? 'US';
  const region = regions.find((name) => name === (named === 'APAC' ? 'AUS' : named));
  if (!region) throw derivativeRejection(400, 'The region is unknown.');
  return region;
}
