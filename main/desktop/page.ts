import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The scheme under which the window's own files are served. */
export const pageScheme = 'ringback';
export const pageOrigin = 'ringback://window';
export const pageAddress = `${pageOrigin}/index.html`;

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Mantine writes its theme into style elements, hence the one `unsafe-inline`. No connection of any kind is allowed. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Answers the window's requests for its own files out of the folder, and for nothing else. */
export function createPage(folder: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  const missing = () => new Response('There is no such file.', { status: 404, headers });
  return async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const kind = kinds[extname(pathname)];
    if (method !== 'GET' || host !== 'window' || kind === undefined || !/^(\/[\w][\w.-]*)+$/.test(pathname))
      return missing();
    try {
      return new Response(await readFile(join(folder, pathname)), { headers: { ...headers, 'content-type': kind } });
    } catch {
      return missing();
    }
  };
}
