import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the window with its media type. */
interface WindowFile {
  readonly kind: string;
  readonly bytes: Buffer;
}

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The headers of all files. Mantine writes its theme into style elements, which need `unsafe-inline`. */
export function windowHeaders(connections: 'none' | 'self'): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    ...(connections === 'self' ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** Returns a file of the built window by its URL path; only files found in the folder, so no path can leave it. */
export function createWindowFiles(folder: string): (path: string) => Promise<WindowFile | undefined> {
  return async (path) => {
    const wanted = path === '/' ? '/index.html' : path;
    const kind = kinds[extname(wanted)];
    const file = kind && (await filesIn(folder)).get(wanted);
    return kind && file ? { kind, bytes: await readFile(file) } : undefined;
  };
}

/** The plain files of the folder by URL path, without symbolic links. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/'), file]),
  );
}
