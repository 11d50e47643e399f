import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { listening } from './listening.ts';

/** A list of versions on loopback, as electron-builder publishes it, with one AppImage. */
export interface UpdateFeed {
  readonly url: string;
  /** The text of the list; by default the version with its right checksum. */
  list: string;
  /** The text of the list of the beta channel, where it differs; null where there is none. */
  betaList?: string | null;
  /** Where the requests for lists are redirected to. */
  redirect?: string;
  /** Answers the request for the AppImage. */
  serve: (response: ServerResponse) => void;
  /** Paths that were requested, without their queries. */
  readonly requested: string[];
}

export async function startUpdateFeed(version: string, program: string): Promise<UpdateFeed> {
  const requested: string[] = [];
  const feed: UpdateFeed & { url: string } = {
    url: '',
    list: listOf(version, program),
    serve: (response: ServerResponse) => void response.end(program),
    requested,
  };
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    requested.push(pathname);
    if (!pathname.endsWith('.yml')) return feed.serve(response);
    if (feed.redirect !== undefined) return void response.writeHead(302, { location: feed.redirect }).end();
    const list = pathname.startsWith('/beta') && feed.betaList !== undefined ? feed.betaList : feed.list;
    response.writeHead(list === null ? 404 : 200).end(list);
  });
  feed.url = await listening(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return feed;
}

export function listOf(version: string, program: string): string {
  const sha512 = createHash('sha512').update(program).digest('base64');
  return [
    `version: ${version}`,
    'files:',
    `  - url: Ringback-${version}.AppImage`,
    `    sha512: ${sha512}`,
    `    size: ${program.length}`,
    'releaseNotes: Fewer clicks.',
    "releaseDate: '2026-03-01T10:00:00.000Z'",
  ].join('\n');
}
