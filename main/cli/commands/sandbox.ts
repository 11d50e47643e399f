import { once } from 'node:events';
import type { Command } from 'commander';
import type { SandboxAddresses, ServiceBehaviour, ServiceFault } from '../../sandbox/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { act, collect, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface SandboxCommandOptions {
  readonly port?: string;
  readonly apsPort?: string;
  readonly autoflexPort?: string;
  readonly seed?: string;
  readonly time?: string;
  readonly fault?: readonly string[];
  readonly behaviour?: string;
}

const remarks = `
Prints where they are and who may sign in, as one line of JSON with --json, then answers until it is interrupted.
A fault is JSON: {"service":"aps" or "autoflex","method","path","times","status","retryAfter","body","cut","hang"}.
Behaviour is JSON: {"aps":{"tokenLifetime":60,"hubs":"none"},"autoflex":{"order":{"notReady":2}}}; it changes only what is given.

Control endpoint, JSON everywhere:
  GET  /           the addresses, who may sign in, the time
  POST /reset      {}: forgets all that happened; ports stay, and with --seed all else too
  POST /clock      {"time":"2026-01-01T00:00:00Z"} or {"advance":3600} (seconds)
  POST /faults     a fault, as above
  GET  /behaviour  how the services behave: every name with its value
  POST /behaviour  changes it until the next reset, as above; a name or a value that does not exist is answered 400
What happens in the cloud, what was asked and what was called back: POST and GET /sandbox of each simulator.

What it does not simulate:
  - permissions of persons, accounts and projects: whoever is signed in may see the one project there is
  - rate limits and outages, unless a fault orders them
  - the work itself: translations and backups end with made-up content; a model view has two made-up objects
  - files in projects have no bytes; objects in buckets do, in memory, in parts of up to 64 MB, and S3 is at /s3 of the same port
  - access tokens are no JWTs; ID tokens are, signed by a key of each run
  - timers follow the computer's clock: moving the time ends tokens, links and hooks, but speeds up no retry
  - all of Autodesk's services: what is missing is answered 404, such as creating folders and versions, batches and copies of
    objects, and derivatives to download
With a seed, ids, tokens and secrets repeat; ids in error bodies and certificates do not.`;

export function addSandboxCommand(program: Command, terminal: Terminal): void {
  program
    .command('sandbox')
    .description('Run simulators of Autodesk Platform Services and Autoflex10, for tests of your own programs')
    .option('--port <port>', 'of the control endpoint; any free one when absent')
    .option('--aps-port <port>', 'of Autodesk Platform Services')
    .option('--autoflex-port <port>', 'of Autoflex10')
    .option('--seed <text>', 'the same ids, tokens and secrets each time')
    .option('--time <time>', 'the time to begin at, such as 2026-01-01T00:00:00Z')
    .option('--fault <json>', 'a fault from the start; may be repeated', collect)
    .option('--behaviour <json>', 'how the services behave, from the start and after each reset')
    .addHelpText('after', remarks)
    .action(act<SandboxCommandOptions>(terminal, run));
}

async function run({ output, terminal }: Session, options: SandboxCommandOptions): Promise<void> {
  const { port, apsPort, autoflexPort, seed, time, fault = [], behaviour } = options;
  const { ServiceFault: Fault, startSandboxService } = await import('../../sandbox/index.ts');
  const service = await startSandboxService({
    port: portOf('--port', port),
    apsPort: portOf('--aps-port', apsPort),
    autoflexPort: portOf('--autoflex-port', autoflexPort),
    seed,
    time: timeOf(time),
    faults: fault.map((text) => faultOf(text, Fault)),
    behaviour: behaviourOf(behaviour),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof RangeError) throw usageFailure(`--behaviour is not valid. ${error.message}`);
    if (error.syscall !== 'listen') throw error;
    throw new CommandFailure(exitCodes.failed, `No simulator can listen there: ${error.message}. Choose another port.`);
  });
  try {
    const addresses = service.addresses();
    if (output.json) output.record({ ready: true, ...addresses }, '');
    else output.result(addresses, describe(addresses));
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  } finally {
    await service.stop();
  }
}

function portOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw usageFailure(`${option} needs a port from 0 to 65535, not "${text}".`);
  return port;
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw usageFailure(`--time needs a time such as 2026-01-01T00:00:00Z, not "${text}".`);
  return time;
}

function faultOf(text: string, schema: typeof ServiceFault): ServiceFault {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    const example = '{"service":"aps","path":"/token","status":503}';
    throw usageFailure(`--fault needs JSON such as ${example}, not "${text}". See: ringback sandbox --help`);
  }
}

/** What its values may be, the service checks. */
function behaviourOf(text: string | undefined): ServiceBehaviour | undefined {
  if (text === undefined) return undefined;
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  } catch {}
  const example = '{"aps":{"tokenLifetime":60}}';
  throw usageFailure(`--behaviour needs JSON such as ${example}, not "${text}". See: ringback sandbox --help`);
}

function describe({ control, aps, autoflex }: SandboxAddresses): string[] {
  return [
    'The simulators run until they are interrupted.',
    `Control endpoint               ${control}`,
    `Autodesk Platform Services     ${aps.url}`,
    `  client id                    ${aps.clientId}`,
    `  client secret                ${aps.clientSecret}`,
    `  client id without a secret   ${aps.publicClientId}`,
    `Autoflex10                     ${autoflex.url}`,
    `  username                     ${autoflex.username}`,
    `  API key                      ${autoflex.apiKey}`,
    `  password                     ${autoflex.password}`,
  ];
}
