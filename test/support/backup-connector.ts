import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BackupResult, Connector, Context } from '../../main/engine/connector/index.ts';
import type { RingbackError } from '../../main/engine/errors.ts';
import type { Backup } from '../../preload/contract/index.ts';
import { serve } from '../engine/tunnel/tunnel-host.ts';
import { until } from './temporary.ts';
import { openTestHost, type TestHost, type TestHostOptions } from './test-host.ts';

/** A provider in memory that makes backups, and a real server with their files. */
export interface Depot {
  readonly connector: Connector;
  /** The callback URLs it received, in order. */
  readonly callbackUrls: string[];
  /** The handles it was to resolve, in order. */
  readonly resolved: string[];
  /** The results of handles; the file itself where none is set. */
  readonly results: Map<string, BackupResult>;
  /** While set, requests fail with it. */
  requestFailure: RingbackError | undefined;
  /** While set, resolving fails with it. */
  resolveFailure: RingbackError | undefined;
  /** While set, callbacks are rejected for this reason. */
  rejection: string | undefined;
  /** Runs during a request, and returns its result. */
  onRequest: ((address: string, context: Context) => Promise<BackupResult | undefined>) | undefined;
  /** Runs before a handle is resolved. */
  onResolve: ((context: Context, handle: string) => Promise<void>) | undefined;
  readonly file: Buffer;
  readonly sha256: string;
  readonly fileUrl: string;
  /** Requests for files: path and Range. */
  readonly fetched: { readonly url: string; readonly range: string | undefined }[];
  /** Responds in place of the file server. */
  respond: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
}

export async function openDepot(bytes = 100_000): Promise<Depot> {
  const file = randomBytes(bytes);
  const { url } = await serve((request, response) => {
    depot.fetched.push({ url: request.url ?? '', range: request.headers.range });
    if (depot.respond) depot.respond(request, response);
    else sendFile(depot.file, request, response);
  });
  const depot: Depot = {
    callbackUrls: [],
    resolved: [],
    results: new Map(),
    requestFailure: undefined,
    resolveFailure: undefined,
    rejection: undefined,
    onRequest: undefined,
    onResolve: undefined,
    file,
    sha256: createHash('sha256').update(file).digest('hex'),
    fileUrl: `${url}/owner.bin`,
    fetched: [],
    respond: undefined,
    connector: {
      id: 'depot',
      title: 'Depot',
      fields: [
        { name: 'account', label: 'Account', kind: 'text', required: true },
        { name: 'password', label: 'Password', kind: 'secret', required: true },
      ],
      check: async ({ settings }) => ({ name: settings.account ?? '' }),
      verify: () =>
        depot.rejection === undefined
          ? { genuine: true, verified: 'address' }
          : { genuine: false, reason: depot.rejection },
      read: () => ({ title: 'Depot: the backup is ready', outcome: 'info' }),
      backups: {
        requests: [
          { id: 'owner', title: 'Backup' },
          { id: 'stock', title: 'Stock list', givesData: true },
        ],
        async request(context, _request, address) {
          if (depot.requestFailure) throw depot.requestFailure;
          depot.callbackUrls.push(address);
          return depot.onRequest?.(address, context);
        },
        handle: ({ suffix: rest, body }) => /id=([\w-]+)/.exec(`${rest} ${Buffer.from(body)}`)?.[1],
        async resolve(context, handle) {
          depot.resolved.push(handle);
          await depot.onResolve?.(context, handle);
          if (depot.resolveFailure) throw depot.resolveFailure;
          return depot.results.get(handle) ?? { kind: 'files', urls: [depot.fileUrl] };
        },
        address: () => depot.fileUrl,
        authorization: async () => undefined,
      },
    },
  };
  return depot;
}

/** Supports Range. */
export function sendFile(file: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.setHeader('etag', '"one"');
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('content-length', file.length - start);
  if (start > 0) response.setHeader('content-range', `bytes ${start}-${file.length - 1}/${file.length}`);
  response.writeHead(start > 0 ? 206 : 200).end(file.subarray(start));
}

export interface BackupScene {
  readonly depot: Depot;
  readonly host: TestHost;
  readonly connection: string;
  /** Calls the latest callback URL, or another. */
  call(id: string, address?: string): Promise<Response>;
  /** Waits until the newest backup, or that one, is in the state. */
  reach(state: string, id?: string): Promise<Backup>;
}

interface BackupSceneOptions extends Partial<TestHostOptions> {
  /** False for an engine that is not reachable from outside. */
  readonly reachable?: boolean;
}

/** An engine with one account to back up. */
export async function openBackupScene(
  { reachable = true, ...options }: BackupSceneOptions = {},
  depot?: Depot,
): Promise<BackupScene> {
  const opened = depot ?? (await openDepot());
  const host = await openTestHost({ ...options, connectors: [opened.connector] });
  if (reachable) await host.connect();
  const [known] = await host.ask('connections.list', {});
  const added =
    known ??
    (await host.ask('connections.add', {
      connector: 'depot',
      name: 'Garage',
      settings: { account: 'me' },
      secrets: { password: 'correct' },
    }));
  return {
    depot: opened,
    host,
    connection: added.id,
    call: (id, address = opened.callbackUrls.at(-1)) => fetch(`${address}?id=${id}`),
    reach: (state, id) =>
      until(async () => {
        const backups = await host.ask('backups.list', {});
        return backups
          .slice(0, id === undefined ? 1 : backups.length)
          .find((one) => one.state === state && one.id === (id ?? one.id));
      }),
  };
}
