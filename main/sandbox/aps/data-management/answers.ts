import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { ErrorResponse } from '../../http/index.ts';

/** Sends the requested page of a list, with links to the others. */
export function sendPage<T>(
  request: Request,
  response: Response,
  all: readonly T[],
  resource: (entry: T) => object,
  included: (entry: T) => readonly object[] = () => [],
): void {
  const number = pageNumber(request, 'page[number]', 0, 0, Number.MAX_SAFE_INTEGER);
  const limit = pageNumber(request, 'page[limit]', 200, 1, 200);
  const start = number * limit;
  const entries = all.slice(start, start + limit);
  const extra = entries.flatMap(included);
  const link = (page: number) => ({ href: `${addressOf(request)}?page%5Bnumber%5D=${page}&page%5Blimit%5D=${limit}` });
  const { links, ...rest } = head(request);
  response.json({
    ...rest,
    links: {
      ...links,
      first: link(0),
      ...(number > 0 && { prev: link(number - 1) }),
      ...(start + limit < all.length && { next: link(number + 1) }),
    },
    data: entries.map(resource),
    ...(extra.length > 0 && { included: extra }),
  });
}

function pageNumber(request: Request, name: string, otherwise: number, least: number, most: number): number {
  const value = request.query[name];
  if (value === undefined) return otherwise;
  const number = /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw rejection(400, 'BAD_INPUT', `${name} is not valid.`);
  return number;
}

/** The members of a document around its resource or list. */
export function head(request: Request) {
  return {
    jsonapi: { version: '1.0' },
    links: { self: { href: addressOf(request) + request.originalUrl.slice(request.path.length) } },
  };
}

function addressOf(request: Request): string {
  return `http://${request.headers.host}${request.path}`;
}

export function required<T>(found: T | undefined): T {
  if (found === undefined) throw rejection(404, 'NOT_FOUND', 'The resource does not exist, or you may not see it.');
  return found;
}

/** An error in the form of JSON:API. */
export function rejection(status: number, code: string, detail: string): ErrorResponse {
  const error = { id: randomUUID(), status: String(status), code, title: 'The request was refused.', detail };
  return new ErrorResponse(status, { jsonapi: { version: '1.0' }, errors: [error] });
}
