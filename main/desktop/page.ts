import { createWindowFiles, windowHeaders } from '../platform/index.ts';

/** The scheme of the URLs of the window's files. */
export const pageScheme = 'ringback';
export const pageOrigin = 'ringback://window';
export const pageAddress = `${pageOrigin}/index.html`;

/** No connections are allowed, because the window uses IPC only. */
const headers = { ...windowHeaders('none'), 'cache-control': 'no-store' };

/** Serves the window's files from the folder, and nothing else. */
export function createPage(folder: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  const windowFile = createWindowFiles(folder);
  return async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = method === 'GET' && host === 'window' ? await windowFile(pathname) : undefined;
    if (!file) return new Response('There is no such file.', { status: 404, headers });
    return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'content-type': file.kind } });
  };
}
