import { randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Listener, startListener } from '../http/index.ts';
import { openRelayClient, type RelayClient, type RelayTimeouts } from './relay-client.ts';

export interface RelayOptions {
  /** The port for registration; any free one where absent or 0. */
  readonly port?: number;
  /** Number of sockets that a client is told to open; 10 by default, as in the public service. */
  readonly connections?: number;
  /** Milliseconds for which a client without a socket keeps its name; 1000 by default, as in the public service. */
  readonly graceMs?: number;
  /** Milliseconds for the first socket of a registered client; `graceMs` by default, at least 500. */
  readonly dialMs?: number;
}

/** Faults of the relay; can be assigned while it runs. */
interface RelayFaults {
  /** Registrations get no response; those that wait are granted when it ends. */
  hangRegistration: boolean;
  /** Public requests get no response. */
  hangRequests: boolean;
  /**
   * Who gets the reminder page: browsers without the header `bypass-tunnel-reminder`, as in the public service;
   * everyone, with any headers; nobody.
   */
  reminder: 'browsers' | 'everyone' | 'nobody';
  /** The status of the reminder: 401 in the public service, 200 for captive portals. */
  reminderStatus: number;
  /** Milliseconds by which responses to registrations and public requests are delayed. */
  lateBy: number;
}

/** A simulator of a localtunnel server. Each subdomain is a loopback port, so that no DNS is needed. */
export interface TunnelRelay {
  /** The `host` for a localtunnel client. */
  readonly url: string;
  readonly faults: RelayFaults;
  /** The registered clients. */
  clients(): readonly { readonly id: string; readonly url: string; readonly sockets: number }[];
  /** Cuts the sockets of all clients, which then reconnect. */
  dropSockets(): void;
  /** Unregisters all clients without closing their sockets or notifying them: their URLs respond 404. */
  forgetClients(): void;
  /** Makes the connections of all clients half open: sockets stay open and pass nothing, and names stay taken. */
  freezeClients(): void;
  /** Gives this name to another client without notifying the present one: the URL responds 200 with another page. */
  steal(id: string): void;
  /** Cuts all connections and closes all ports, like a crash of the server. */
  kill(): Promise<void>;
  /** Listens again on the same port after `kill`; URLs keep their ports and respond 404 until clients register again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRelay(options: RelayOptions = {}): Promise<TunnelRelay> {
  const relay = new LocaltunnelRelay(options);
  await relay.start();
  return relay;
}

class LocaltunnelRelay implements TunnelRelay {
  readonly faults: RelayFaults;
  readonly #connections: number;
  readonly #timeout: RelayTimeouts;
  readonly #known = new Map<string, RelayClient>();
  readonly #stolen = new Set<string>();
  readonly #opened = new Set<RelayClient>();
  readonly #addresses = new Map<string, Listener>();
  readonly #waiting = new Set<() => void>();
  #port: number;
  #registration: Listener | undefined;

  constructor({ port = 0, connections = 10, graceMs = 1000, dialMs = Math.max(graceMs, 500) }: RelayOptions) {
    this.#port = port;
    this.#connections = connections;
    this.#timeout = { graceMs, dialMs };
    this.faults = createFaults(() => this.#grantWaiting());
  }

  get url(): string {
    return loopback(this.#port);
  }

  async start(): Promise<void> {
    this.#registration = await startListener((request, response) => this.#register(request, response), this.#port);
    this.#port = this.#registration.port;
  }

  clients() {
    return [...this.#known].map(([id, client]) => ({ id, url: this.#urlOf(id), sockets: client.sockets() }));
  }

  dropSockets(): void {
    for (const client of this.#known.values()) client.dropSockets();
  }

  forgetClients(): void {
    this.#known.clear();
  }

  freezeClients(): void {
    for (const client of this.#known.values()) client.freeze();
  }

  steal(id: string): void {
    this.#known.delete(id);
    this.#stolen.add(id);
  }

  async kill(): Promise<void> {
    const open = [this.#registration, ...this.#addresses.values(), ...this.#opened];
    this.#registration = undefined;
    this.#known.clear();
    this.#stolen.clear();
    this.#opened.clear();
    this.#waiting.clear();
    await Promise.all(open.map((one) => one?.close()));
  }

  async restart(): Promise<void> {
    if (this.#registration) return;
    await this.start();
    const earlier = [...this.#addresses];
    this.#addresses.clear();
    await Promise.allSettled(earlier.map(([id, address]) => this.#openAddress(id, address.port)));
  }

  stop(): Promise<void> {
    return this.kill();
  }

  #register(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://relay');
    const requested = url.pathname.slice(1);
    if (request.method !== 'GET' || (requested === '' && !url.searchParams.has('new'))) {
      send(response, 404, {});
    } else if (requested !== '' && !isSubdomain(requested)) {
      send(response, 403, {
        message: 'Invalid subdomain. Subdomains must be lowercase and between 4 and 63 alphanumeric characters.',
      });
    } else {
      this.#waiting.add(() => void this.#answerRegistration(requested, response));
      this.#grantWaiting();
    }
  }

  #grantWaiting(): void {
    if (this.faults.hangRegistration) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const answer of waiting) answer();
  }

  async #answerRegistration(requested: string, response: ServerResponse): Promise<void> {
    if (this.faults.lateBy > 0) await delay(this.faults.lateBy, undefined, { ref: false });
    if (response.destroyed) return;
    this.#grant(requested).then(
      (granted) => send(response, 200, granted),
      (error: unknown) => send(response, 500, { message: String(error) }),
    );
  }

  async #grant(requested: string): Promise<object> {
    const client = await openRelayClient(this.#connections, this.#timeout, () => this.#forget(client));
    if (!this.#registration) {
      await client.close();
      throw new Error('the relay was stopped');
    }
    const isTaken = this.#known.has(requested) || this.#stolen.has(requested);
    const id = requested === '' || isTaken ? this.#pickName() : requested;
    this.#known.set(id, client);
    this.#opened.add(client);
    if (!this.#addresses.has(id)) await this.#openAddress(id);
    return { id, port: client.port, max_conn_count: this.#connections, url: this.#urlOf(id) };
  }

  #forget(client: RelayClient): void {
    for (const [id, known] of this.#known) if (known === client) this.#known.delete(id);
    this.#opened.delete(client);
    void client.close();
  }

  async #openAddress(id: string, port = 0): Promise<void> {
    const address = await startListener((request, response) => void this.#answer(id, request, response), port);
    if (this.#registration) this.#addresses.set(id, address);
    else await address.close();
  }

  async #answer(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.faults.hangRequests) return;
    if (this.faults.lateBy > 0) await delay(this.faults.lateBy, undefined, { ref: false });
    const client = this.#known.get(id);
    if (meetsReminder(request, this.faults)) remind(response, this.faults.reminderStatus);
    else if (this.#stolen.has(id)) response.end('<!doctype html><title>Somebody else</title>');
    else if (client) client.forward(request, response);
    else response.writeHead(404).end('404');
  }

  #urlOf(id: string): string {
    return loopback(this.#addresses.get(id)?.port ?? 0);
  }

  #pickName(): string {
    const name = `${pick(tempers)}-${pick(animals)}-${randomInt(100)}`;
    return this.#addresses.has(name) ? this.#pickName() : name;
  }
}

function createFaults(onRegistrationAnswered: () => void): RelayFaults {
  let hangRegistration = false;
  return {
    get hangRegistration() {
      return hangRegistration;
    },
    set hangRegistration(value) {
      hangRegistration = value;
      onRegistrationAnswered();
    },
    hangRequests: false,
    reminder: 'browsers',
    reminderStatus: 401,
    lateBy: 0,
  };
}

function meetsReminder(request: IncomingMessage, { reminder }: RelayFaults): boolean {
  if (reminder !== 'browsers') return reminder === 'everyone';
  const isBrowser = /mozilla/i.test(request.headers['user-agent'] ?? '');
  return isBrowser && request.headers['bypass-tunnel-reminder'] === undefined;
}

function remind(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>Tunnel website ahead</title><p>You are about to visit a tunnelled website.</p>');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function isSubdomain(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{2,61}[a-z0-9]$/.test(text);
}

function loopback(port: number): string {
  return `http://127.0.0.1:${port}`;
}

const tempers = ['brave', 'calm', 'cold', 'kind', 'loud', 'quick', 'shy', 'warm'] as const;
const animals = ['crab', 'dove', 'goat', 'hare', 'lynx', 'mole', 'rat', 'swan'] as const;

function pick(names: readonly string[]): string {
  return names[randomInt(names.length)] ?? 'plain';
}
