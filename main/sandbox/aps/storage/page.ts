import type { Request } from 'express';
import { storageRejection } from './buckets.ts';

interface Page<T> {
  readonly items: readonly T[];
  /** The URL of the next page; absent on the last. */
  readonly next: { readonly next?: string };
}

/** The entries after `startAt`, at most `limit` of them (10 by default, up to 100). */
export function pageOf<T extends { readonly key: string }>(request: Request, all: readonly T[]): Page<T> {
  const { limit = '10', startAt } = request.query;
  const count = /^\d{1,3}$/.test(String(limit)) ? Number(limit) : 0;
  if (count < 1 || count > 100) throw storageRejection(400, 'The limit must be from 1 to 100.');
  const rest = typeof startAt === 'string' ? all.filter(({ key }) => key > startAt) : all;
  const items = rest.slice(0, count);
  const last = items.at(-1);
  if (last === undefined || items.length === rest.length) return { items, next: {} };
  const following = new URL(request.originalUrl, `http://${request.headers.host}`);
  following.searchParams.set('startAt', last.key);
  return { items, next: { next: following.href } };
}
