import { once } from 'node:events';
import type { Command } from 'commander';
import type { Message } from '../../engine/messages/index.ts';
import type { SandboxAddresses, ServiceBehaviour, ServiceFault } from '../../sandbox/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { sandboxMessages as messages } from '../messages/index.ts';
import { act, collect, portOf, type Session } from '../session.ts';
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

export function addSandboxCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  program
    .command('sandbox')
    .description(say(messages.description()))
    .option('--port <port>', say(messages.port()))
    .option('--aps-port <port>', say(messages.apsPort()))
    .option('--autoflex-port <port>', say(messages.autoflexPort()))
    .option('--seed <text>', say(messages.seed()))
    .option('--time <time>', say(messages.time()))
    .option('--fault <json>', say(messages.fault()), collect)
    .option('--behaviour <json>', say(messages.behaviour()))
    .addHelpText('after', () => `\n${say(messages.remarks())}`)
    .action(act<SandboxCommandOptions>(terminal, run));
}

async function run(session: Session, options: SandboxCommandOptions): Promise<void> {
  const { output, terminal } = session;
  const { port, apsPort, autoflexPort, seed, time, fault = [], behaviour } = options;
  const { ServiceFault: Fault, startSandboxService } = await import('../../sandbox/index.ts');
  const service = await startSandboxService({
    port: port === undefined ? port : portOf('--port', port, 0),
    apsPort: apsPort === undefined ? apsPort : portOf('--aps-port', apsPort, 0),
    autoflexPort: autoflexPort === undefined ? autoflexPort : portOf('--autoflex-port', autoflexPort, 0),
    seed,
    time: timeOf(time),
    faults: fault.map((text) => faultOf(text, Fault)),
    behaviour: behaviourOf(behaviour),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof RangeError) throw usageFailure(messages.badBehaviour({ detail: error.message }));
    if (error.syscall !== 'listen') throw error;
    throw new CommandFailure(exitCodes.failed, messages.cannotListen({ detail: error.message }));
  });
  try {
    const addresses = service.addresses();
    if (output.json) output.record({ ready: true, ...addresses }, '');
    else show(session, addresses);
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
  } finally {
    await service.stop();
  }
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw usageFailure(messages.badTime({ text }));
  return time;
}

function faultOf(text: string, schema: typeof ServiceFault): ServiceFault {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    const example = '{"service":"aps","path":"/token","status":503}';
    throw usageFailure(messages.badJson({ option: '--fault', example, text }));
  }
}

/** The service validates the values. */
function behaviourOf(text: string | undefined): ServiceBehaviour | undefined {
  if (text === undefined) return undefined;
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  } catch {}
  const example = '{"aps":{"tokenLifetime":60}}';
  throw usageFailure(messages.badJson({ option: '--behaviour', example, text }));
}

function show({ output, say }: Session, addresses: SandboxAddresses): void {
  const { control, aps, autoflex } = addresses;
  const part = (label: Message): string => `  ${say(label)}`;
  output.fields(addresses, say(messages.running()), [
    [messages.control(), control],
    ['Autodesk Platform Services', aps.url],
    [part(messages.clientId()), aps.clientId],
    [part(messages.clientSecret()), aps.clientSecret],
    [part(messages.publicClientId()), aps.publicClientId],
    ['Autoflex10', autoflex.url],
    [part(messages.username()), autoflex.username],
    [part(messages.apiKey()), autoflex.apiKey],
    [part(messages.password()), autoflex.password],
  ]);
}
