import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import { type Aps, startAps } from './aps/index.ts';
import { type AutoflexSandbox, startAutoflex } from './autoflex/index.ts';
import { type Clock, createClock } from './clock.ts';
import {
  createLoopbackApp,
  ErrorResponse,
  FaultOrder,
  parseJson,
  type ReservedPort,
  reservePort,
  startListener,
} from './http/index.ts';
import { createRandom } from './random.ts';

export interface SandboxServiceOptions {
  /** Any free port where 0 or absent. */
  readonly port?: number | undefined;
  readonly apsPort?: number | undefined;
  readonly autoflexPort?: number | undefined;
  /** Makes ids, tokens and secrets reproducible; unpredictable where absent. */
  readonly seed?: string | undefined;
  /** The time of the simulators at the start and after a reset, in milliseconds since 1970; this computer's where absent. */
  readonly time?: number | undefined;
  /** Faults at the start and after each reset. */
  readonly faults?: readonly ServiceFault[] | undefined;
  /** The behaviour of the services at the start and after each reset. */
  readonly behaviour?: ServiceBehaviour | undefined;
}

const Groups = z.record(z.string(), z.unknown());
/** Changes of the default behaviour; the services validate names and values. */
const ServiceBehaviour = z.strictObject({
  aps: Groups.optional(),
  autoflex: z.record(z.string(), Groups).optional(),
});
export type ServiceBehaviour = Readonly<z.infer<typeof ServiceBehaviour>>;

/** A fault of one of the services; it occurs once by default. */
export const ServiceFault = FaultOrder.extend({ service: z.enum(['aps', 'autoflex']) });
export type ServiceFault = z.input<typeof ServiceFault>;

/** The URLs and credentials that a program under test needs. */
export interface SandboxAddresses {
  /** The URL of the control endpoint. */
  readonly control: string;
  readonly aps: {
    readonly url: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly publicClientId: string;
    readonly redirectUris: readonly string[];
    readonly project: Aps['project'];
  };
  readonly autoflex: {
    readonly url: string;
    readonly username: string;
    readonly apiKey: string;
    readonly password: string;
  };
}

/** The simulators of APS and Autoflex10, for tests of any program. */
export interface SandboxService {
  /** The current addresses. A reset changes no ports and, with a seed, nothing else either. */
  addresses(): SandboxAddresses;
  /** Discards hooks, files, requests, tokens and faults, and resets the clock. */
  reset(): Promise<SandboxAddresses>;
  addFault(fault: ServiceFault): void;
  behaviour(): CurrentBehaviour;
  /** Changes only the given members; throws a RangeError without a change where a value is invalid. */
  changeBehaviour(change: ServiceBehaviour): void;
  readonly clock: Clock;
  stop(): Promise<void>;
}

interface Simulators {
  readonly aps: Aps;
  readonly autoflex: AutoflexSandbox;
}

interface CurrentBehaviour {
  readonly aps: object;
  readonly autoflex: object;
}

/** Starts the simulators and their control endpoint on 127.0.0.1. */
export async function startSandboxService(options: SandboxServiceOptions = {}): Promise<SandboxService> {
  const simulation = await openSimulation(options);
  const { clock } = simulation;
  let control = '';
  const service: SandboxService = {
    clock,
    addresses: () => describe(control, simulation.current()),
    addFault: (fault) => simulation.addFault(fault),
    behaviour() {
      const { aps, autoflex } = simulation.current();
      return { aps: aps.behaviour, autoflex: autoflex.behaviour };
    },
    changeBehaviour: (change) => changeBehaviour(simulation.current(), change),
    async reset() {
      await simulation.restart();
      return service.addresses();
    },
    async stop() {
      await Promise.all([listener.close(), simulation.stop()]);
    },
  };
  const listener = await startListener(
    createLoopbackApp((app) => mount(app, service)),
    options.port,
  ).catch(async (error: unknown) => {
    await simulation.stop();
    throw error;
  });
  control = `http://127.0.0.1:${listener.port}`;
  return service;
}

interface Simulation {
  readonly clock: Clock;
  current(): Simulators;
  addFault(fault: ServiceFault): void;
  /** Replaces the simulators with new ones on the same ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

async function openSimulation(options: SandboxServiceOptions): Promise<Simulation> {
  const { time, faults = [], behaviour = {}, seed } = options;
  const clock = createClock(time);
  const parts = new AsyncDisposableStack();
  const reserve = async (port = 0) => parts.adopt(await reservePort(port), (one) => one.close());
  const start = async () => {
    const ports = { aps: await reserve(options.apsPort), autoflex: await reserve(options.autoflexPort) };
    return { ports, simulators: await startSimulators(ports, seed, clock, behaviour) };
  };
  const { ports, ...first } = await start().catch(async (error: unknown) => {
    await parts.disposeAsync();
    throw error;
  });
  let { simulators } = first;
  let restarting = Promise.resolve();
  const addFault = (order: ServiceFault): void => {
    const { service, ...fault } = ServiceFault.parse(order);
    simulators[service].addFault(fault);
  };
  const restart = async (): Promise<void> => {
    await stopAll(simulators);
    clock.set(time ?? Date.now());
    simulators = await startSimulators(ports, seed, clock, behaviour);
    faults.forEach(addFault);
  };
  faults.forEach(addFault);
  return {
    clock,
    current: () => simulators,
    addFault,
    restart() {
      // Concurrent resets run one after the other, also where the first fails.
      restarting = restarting.then(restart, restart);
      return restarting;
    },
    async stop() {
      await restarting.catch(() => {});
      await stopAll(simulators);
      await parts.disposeAsync();
    },
  };
}

interface Ports {
  readonly aps: ReservedPort;
  readonly autoflex: ReservedPort;
}

async function startSimulators(
  ports: Ports,
  seed: string | undefined,
  { now }: Clock,
  behaviour: ServiceBehaviour,
): Promise<Simulators> {
  const random = createRandom(seed);
  await using started = new AsyncDisposableStack();
  const stop = (one: { stop(): Promise<void> }): Promise<void> => one.stop();
  const aps = started.adopt(await startAps({ listen: ports.aps.listen, now, random: random.fork('aps') }), stop);
  const { listen } = ports.autoflex;
  const autoflex = started.adopt(await startAutoflex({ listen, now, random: random.fork('autoflex') }), stop);
  changeBehaviour({ aps, autoflex }, behaviour);
  started.move();
  return { aps, autoflex };
}

/** Changes both services, or neither where a value is invalid. */
function changeBehaviour({ aps, autoflex }: Simulators, change: ServiceBehaviour): void {
  const before = { ...aps.behaviour };
  try {
    aps.change(change.aps ?? {});
    autoflex.change(change.autoflex ?? {});
  } catch (error) {
    Object.assign(aps.behaviour, before);
    throw error instanceof z.ZodError ? new RangeError(z.prettifyError(error), { cause: error }) : error;
  }
}

async function stopAll({ aps, autoflex }: Simulators): Promise<void> {
  await Promise.all([aps.stop(), autoflex.stop()]);
}

function describe(control: string, { aps, autoflex }: Simulators): SandboxAddresses {
  const { url, clientId, clientSecret, publicClientId, redirectUris, project } = aps;
  const { username, apiKey, password } = autoflex;
  return {
    control,
    aps: { url, clientId, clientSecret, publicClientId, redirectUris, project },
    autoflex: { url: autoflex.url, username, apiKey, password },
  };
}

const ClockOrder = z
  .strictObject({ time: z.iso.datetime({ offset: true }).optional(), advance: z.number().optional() })
  .refine(({ time, advance }) => (time === undefined) !== (advance === undefined), 'needs either time or advance');
const Nothing = z.strictObject({});
const reject = (status: number, message: string): ErrorResponse => new ErrorResponse(status, { message });

/** `GET /`, `/behaviour`; `POST` JSON to `/reset`, `/clock` (`time`; `advance` in seconds), `/faults`, `/behaviour`. */
function mount(app: Express, service: SandboxService): void {
  const post = <T>(path: string, schema: z.ZodType<T>, act: (input: T) => unknown): void => {
    app.post(path, async (request: Request, response: Response) => {
      const input = parseJson(request, schema, reject);
      try {
        response.json((await act(input)) ?? {});
      } catch (error) {
        throw error instanceof RangeError ? reject(400, error.message) : error;
      }
    });
  };
  const time = () => ({ time: new Date(service.clock.now()).toISOString() });
  app.get('/', (_request, response) => void response.json({ ...service.addresses(), ...time() }));
  post('/reset', Nothing, () => service.reset());
  post('/faults', ServiceFault, (fault) => service.addFault(fault));
  app.get('/behaviour', (_request, response) => void response.json(service.behaviour()));
  post('/behaviour', ServiceBehaviour, (change) => {
    service.changeBehaviour(change);
    return service.behaviour();
  });
  post('/clock', ClockOrder, ({ time: wanted, advance = 0 }) => {
    if (wanted === undefined) service.clock.advance(advance * 1000);
    else service.clock.set(Date.parse(wanted));
    return time();
  });
  app.use(() => {
    throw new ErrorResponse(404, {
      message: 'The control endpoint has GET / and /behaviour, POST /reset, /clock, /faults and /behaviour.',
    });
  });
}
