import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import {
  type Change,
  type EventView,
  type MethodName,
  methods,
  type Problem,
  type Settings,
} from '../../../preload/contract/index.ts';
import { until } from '../../support/temporary.ts';
import { backupReplies } from './backup-replies.ts';
import { doctorReplies } from './doctor-replies.ts';
import { eventReplies } from './event-replies.ts';
import { homeReplies } from './home-replies.ts';
import { type HostServer, openHostServer } from './host-server.ts';
import { jobReplies } from './job-replies.ts';
import { notificationReplies } from './notification-replies.ts';
import { rejectionReplies } from './rejection-replies.ts';
import { removalReplies } from './removal-replies.ts';
import type { MethodReply, Sample } from './sample.ts';
import { sinkReplies } from './sink-replies.ts';
import { teamReplies } from './team-replies.ts';
import { sendWindowFile, windowPage } from './window-files.ts';

/** A host that can be brought into states the real one hardly reaches; it takes only input the contract allows. */
export interface Simulator {
  /** Address with the token, as the headless host prints it. */
  readonly address: string;
  readonly token: string;
  readonly origin: string;
  readonly sample: Sample;
  /** What was asked since the start, in order. */
  readonly asked: { readonly method: MethodName; readonly input: unknown }[];
  /** Lets a method answer otherwise; a thrown Problem is the answer. */
  answer(method: MethodName, reply: MethodReply): void;
  /** Sends a change to the windows; what it carries is also what is answered from now on. */
  say(change: Change): void;
  /** Resolves once a window follows the changes: what is said before reaches nobody. */
  followed(): Promise<unknown>;
  /** Cuts every stream of changes; `deaf` = and answers nothing until called again with false. */
  cut(deaf: boolean): void;
  close(): Promise<void>;
}

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";
const codes = {
  'invalid-input': 400,
  unauthorized: 401,
  'not-found': 404,
  conflict: 409,
  provider: 502,
  offline: 503,
  internal: 500,
};

interface SimulatorOptions {
  /** Origin of the window's scripts and styles; the simulator's own unless given. */
  readonly scripts?: string;
  /** Where it listens until it is closed; at a server of its own unless given. */
  readonly server?: HostServer;
}

/** A host with this sample, and with a token of its own. */
export async function openSimulator(sample: Sample, options: SimulatorOptions = {}): Promise<Simulator> {
  const { scripts } = options;
  const token = randomUUID();
  const listeners = new Set<ServerResponse>();
  /** What was not answered completely yet. */
  const open = new Set<ServerResponse>();
  const asked: Simulator['asked'] = [];
  const replies = new Map<string, MethodReply>(Object.entries(repliesFrom(sample)));
  let deaf = false;

  const server = options.server ?? (await openHostServer());
  server.serve((request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (deaf) return void request.socket.destroy();
    if (path === '/' && scripts !== undefined) return sendPage(response, scripts);
    if (path === '/blank') return void response.writeHead(200, { 'content-type': 'text/html' }).end();
    if (!path.startsWith('/api/')) return sendWindowFile(path, response, { 'content-security-policy': policy });
    if (request.headers.authorization !== `Bearer ${token}`) {
      return send(response, { code: 'unauthorized', message: 'The token is not valid.' });
    }
    if (path === '/api/changes') return follow(response);
    void answer(path.slice('/api/'.length), request, response);
  });

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write('{"type":"ready"}\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  }

  async function answer(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = name as MethodName;
    const reply = replies.get(method);
    const parsed = methods[method]?.input.safeParse(await json(request));
    if (!reply || !parsed?.success)
      return send(response, { code: 'invalid-input', message: `${name}: ${parsed?.error}` });
    asked.push({ method, input: parsed.data });
    try {
      const value = await reply(parsed.data as never);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, value }));
    } catch (problem) {
      send(response, problem as Problem);
    }
  }

  const say = (change: Change) => {
    if (change.type === 'status') sample.status = change.status;
    if (change.type === 'settings') sample.settings = change.settings;
    if (change.type === 'updates') replies.set('updates.status', () => change.updates);
    for (const listener of listeners) listener.write(`${JSON.stringify(change)}\n`);
  };
  const { origin } = server;
  return {
    address: `${origin}/#token=${token}`,
    token,
    origin,
    sample,
    asked,
    answer: (method, reply) => void replies.set(method, reply),
    say,
    followed: () => until(() => listeners.size > 0),
    cut(isDeaf) {
      deaf = isDeaf;
      if (isDeaf) server.cut();
    },
    async close() {
      server.serve();
      // One that never answers would keep one of the few connections that a browser opens to a server.
      for (const response of open) response.destroy();
      if (!options.server) await server.close();
    },
  };
}

function send(response: ServerResponse, problem: Problem): void {
  response.writeHead(codes[problem.code], { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: false, problem }));
}

/** The window's page, whose policy allows that origin besides its own. */
function sendPage(response: ServerResponse, scripts: string): void {
  const page = windowPage().replaceAll('./assets/', `${scripts}/assets/`);
  const allowing = (text: string) => text.replaceAll("-src 'self'", `-src 'self' ${scripts}`);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': allowing(policy) });
  response.end(allowing(page));
}

function repliesFrom(sample: Sample): Partial<Record<MethodName, MethodReply>> {
  return {
    'status.get': () => sample.status,
    'settings.get': () => sample.settings,
    'settings.set': (change: Partial<Settings>) =>
      Object.assign(sample.settings, change, { backups: { ...sample.settings.backups, ...change.backups } }),
    'connectors.list': () => sample.connectors,
    'connections.list': () => sample.connections,
    'connections.check': ({ id }: { id: string }) => sample.connections.find((each) => each.id === id),
    'hooks.list': () => sample.hooks,
    'hooks.problems': () => sample.hookProblems,
    'hooks.healing': () => sample.healing,
    'hooks.history': ({ limit = 100 }: { limit?: number }) => sample.hookHistory.slice(0, limit),
    'hooks.reconcile': () => sample.repairPlan,
    'hooks.events': () => [],
    'hooks.update': ({ id }: { id: string }) => sample.hooks.find((each) => each.id === id),
    'events.list': (filter: EventFilter) => pageOf(sample.events, filter),
    'events.get': ({ id }: { id: string }) => detailOf(sample.events, id),
    'tunnel.check': () => sample.status.tunnel,
    'warnings.dismiss': () => {
      sample.status.warnings = [];
      return {};
    },
    ...backupReplies(sample),
    ...doctorReplies(sample),
    ...eventReplies(sample),
    ...homeReplies(sample),
    ...jobReplies(sample),
    ...notificationReplies(),
    ...rejectionReplies(sample),
    ...removalReplies(),
    ...sinkReplies(),
    ...teamReplies(),
    'links.open': () => ({ opened: true, url: 'https://example.com/' }),
  };
}

interface EventFilter {
  readonly limit?: number;
  readonly before?: string;
  readonly hook?: string;
  readonly outcome?: string;
  readonly text?: string;
}

function pageOf(events: readonly EventView[], { limit = 100, before = '0', hook, outcome, text }: EventFilter) {
  const wanted = text?.toLowerCase() ?? '';
  const fitting = events.filter(
    (event) =>
      (!hook || event.hook === hook) &&
      (!outcome || event.outcome === outcome) &&
      `${event.title} ${event.summary}`.toLowerCase().includes(wanted),
  );
  const end = Number(before) + limit;
  return { events: fitting.slice(Number(before), end), ...(end < fitting.length ? { next: String(end) } : {}) };
}

function detailOf(events: readonly EventView[], id: string) {
  const event = events.find((each) => each.id === id);
  if (!event) throw { code: 'not-found', message: 'This event is no longer kept.' } satisfies Problem;
  const { resource, event: name, system } = event;
  const hook = {
    hookId: 'b5bfc381-f9b5-11e9-9e3b-3d2ae0c2a1ff',
    system,
    event: name,
    scope: { workflow: 'pump-line' },
  };
  return {
    ...event,
    ...(event.deliveries > 1 ? { repeatedAt: [new Date(Date.parse(event.receivedAt) + 61_000).toISOString()] } : {}),
    headers: {
      host: 'bell-1942.example.net',
      'content-type': 'application/json;charset=UTF-8',
      'x-adsk-delivery-id': event.deliveryId ?? '',
      'x-adsk-signature': 'sha1hash=7d7a3cbfb16348e307d81c2186611802b3db415b',
      authorization: 'Basic c2VjcmV0OnNlY3JldA==',
    },
    body: `{"version":"1.0","resourceUrn":${JSON.stringify(resource)},"hook":${JSON.stringify(hook)},"payload":{"size":12345678901234567890,"status":"success","formats":[],"tags":["a","b"]}}`,
  };
}
