import type { Request } from 'express';
import { webhookRejection } from '../../http/index.ts';
import type { Owner, Tokens } from '../authentication/index.ts';
import { type Region, regions } from './hook-store.ts';

export interface Caller {
  readonly owner: Owner;
  readonly region: Region;
}

/** The owner of the request's token and the region, for which the header takes precedence over the query. */
export function callerOf(request: Request, tokens: Tokens, scopes: readonly string[]): Caller {
  const owner = tokens.authorise(request, scopes);
  const named = request.headers['x-ads-region'] ?? request.query.region ?? 'US';
  const region = regions.find((name) => name === named);
  if (!region) throw webhookRejection(400, 'The region is unknown.');
  return { owner, region };
}

export const read: readonly string[] = ['data:read'];
export const write: readonly string[] = ['data:read', 'data:write'];
