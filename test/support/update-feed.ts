import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { listening } from './listening.ts';

/** A list of versions on loopback, as electron-builder publishes it, with one AppImage. */
export interface UpdateFeed {
  readonly url: string;
  /** The text of the list; by default the version with its right checksum. */
  list: string;
  /** Answers the request for the AppImage. */
  serve: (response: ServerResponse) => void;
  /** Paths that were requested, without their queries. */
  readonly requested: string[];
}

export async function startUpdateFeed(version: string, program: string): Promise<UpdateFeed> {
  const requested: string[] = [];
  const feed = {
    url: '',
    list: listOf(version, program),
    serve: (response: ServerResponse) => void response.end(program),
    requested,
  };
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    requested.push(pathname);
    if (pathname.endsWith('.yml')) response.end(feed.list);
    else feed.serve(response);
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
