import { createWindowFiles, windowHeaders } from '../platform/index.ts';

/** The scheme under which the window's own files are served. */
export const pageScheme = 'ringback';
export const pageOrigin = 'ringback://window';
export const pageAddress = `${pageOrigin}/index.html`;

/** No connection of any kind is allowed: the window talks over IPC alone. */
const headers = { ...windowHeaders('none'), 'cache-control': 'no-store' };

/** Answers the window's requests for its own files out of the folder, and for nothing else. */
export function createPage(folder: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  const windowFile = createWindowFiles(folder);
  return async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = method === 'GET' && host === 'window' ? await windowFile(pathname) : undefined;
    if (!file) return new Response('There is no such file.', { status: 404, headers });
    return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'content-type': file.kind } });
  };
}
