import { create } from 'content-disposition';
import { type Request, type Response, Router } from 'express';
import { ErrorResponse } from '../http/index.ts';
import type { BackupFile, BackupFiles } from './backup-files.ts';
import type { Behaviour } from './behaviour.ts';
import type { Link, Links } from './links.ts';
import { validators, type Wanted, wanted } from './range.ts';
import type { Origins } from './results.ts';
import type { Tokens } from './sign-in.ts';
import { send, type Transfer } from './transfer.ts';

interface DownloadsOptions {
  readonly links: Links;
  readonly files: BackupFiles;
  readonly tokens: Tokens;
  readonly behaviour: Behaviour;
  /** The list to which each transfer is added. */
  readonly transfers: Transfer[];
  origins(): Origins;
}

/** `GET /files/:key/:name`, and `GET /?file=` for links without a name in their path. */
export function createDownloads(options: DownloadsOptions): Router {
  const { links, files, tokens, behaviour, origins } = options;
  const router = Router();
  router.get(['/files/:key/:name', '/'], async (request, response) => {
    const link = admit(links.find(String(request.params.key ?? request.query.file)), request, behaviour);
    const hop = Number(request.query.hop ?? 0);
    // After a redirect, the signature is enough.
    const isOpen = hop > 0 || tokens.isGood(request);
    const met = isOpen ? 'file' : behaviour.download.withoutToken;
    if (met !== 'file') return sendInstead(response, met);
    const target = redirectOf(request, hop, behaviour, origins());
    if (target !== undefined) return response.redirect(302, target);
    if (behaviour.download.answer !== 'file') return sendInstead(response, behaviour.download.answer);
    const file = await files.get(behaviour.file, link.number);
    const stretch = wanted(request.headers, file, behaviour.download);
    if (stretch === 'unsatisfiable') throw new ErrorResponse(416, {}, { 'content-range': `bytes */${file.size}` });
    await deliver(options, request, response, file, stretch);
  });
  return router;
}

function admit(link: Link | undefined, { query }: Request, { link: { expiredStatus } }: Behaviour): Link {
  if (!link) throw new ErrorResponse(404, { message: 'There is no such file.' });
  if (query.signature !== link.signature) throw new ErrorResponse(403, { message: 'The signature does not match.' });
  if (link.isExpired) throw new ErrorResponse(expiredStatus, { message: 'The link has expired.' });
  return link;
}

const page = '<!doctype html><html><head><title>Sign in</title></head><body><form>Please sign in.</form></body></html>';

function sendInstead(response: Response, what: 'page' | 'login-page' | 'json-error' | '401' | '403'): void {
  if (what === '401' || what === '403') throw new ErrorResponse(Number(what), { message: 'The token is missing.' });
  if (what === 'json-error') response.json({ successCode: 500, message: 'The backup could not be read.' });
  else response.type('html').send(page);
}

function redirectOf(request: Request, hop: number, { download }: Behaviour, origins: Origins): string | undefined {
  const to = download.redirectTo;
  const isLoop = to === 'loop';
  if (hop >= download.redirects && !isLoop) return undefined;
  const next = new URL(request.originalUrl, `http://${request.headers.host}`);
  next.searchParams.set('hop', String(isLoop ? 1 : hop + 1));
  const path = next.pathname + next.search;
  return isLoop || to === 'same-origin' ? path : origins[to] + path;
}

async function deliver(
  { behaviour: { download }, transfers }: DownloadsOptions,
  request: Request,
  response: Response,
  file: BackupFile,
  { from, to, isPart }: Exclude<Wanted, string>,
): Promise<void> {
  const end = Math.max(from, Math.min(to, file.size - download.missing));
  const disposition = download.disposition === undefined ? create(file.name) : download.disposition;
  response.status(isPart ? 206 : 200).set({
    'content-type': download.type ?? file.type,
    ...validators(file, download.validator),
    ...(download.ranges ? { 'accept-ranges': 'bytes' } : {}),
    ...(isPart ? { 'content-range': `bytes ${from}-${to - 1}/${file.size}` } : {}),
    ...(disposition === null ? {} : { 'content-disposition': disposition }),
    ...(download.length === 'absent' ? {} : { 'content-length': (download.length === 'sent' ? end : to) - from }),
  });
  if (request.method === 'HEAD') return void response.end();
  const cutAt = takeCut(download, from, end) ?? (download.length === 'whole' && end < to ? end : undefined);
  const transfer: Transfer = { path: request.path, from, to: end, sent: 0, state: 'sending' };
  transfers.push(transfer);
  const holdAt = (): number | null => download.holdAt;
  await send(response, file, transfer, { bytesPerSecond: download.bytesPerSecond, cutAt, holdAt });
}

/** The first cut in this range, which is removed from the list. */
function takeCut(download: Behaviour['download'], from: number, to: number): number | undefined {
  const index = download.cutAt.findIndex((offset) => offset >= from && offset < to);
  return index < 0 ? undefined : download.cutAt.splice(index, 1)[0];
}
