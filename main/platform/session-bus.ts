import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Seconds for a response of the bus, and milliseconds after which no further tool is tried. */
const busTimeout = 3;
const deadline = 4000;

/** A method of the session bus without side effects. `signature` describes its parameters in the syntax of busctl. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly method: string;
  readonly signature?: string;
  readonly parameters?: readonly string[];
}

/**
 * Calls a method of the session bus through the tools of Linux desktops (`gdbus`, `busctl`), so that a service that
 * hangs does not block this process. Resolves with the output; undefined without a response.
 */
export async function callBus(call: BusCall, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const signal = AbortSignal.timeout(deadline);
  for (const [program, parameters] of commandsOf(call)) {
    try {
      return (await run(program, parameters, { signal, env: environment })).stdout;
    } catch {
      // The tool is missing or the service does not exist; the next tool may succeed.
    }
  }
  return undefined;
}

function commandsOf(call: BusCall): [string, string[]][] {
  const { destination, path, method, signature, parameters = [] } = call;
  const name = `${call.interface}.${method}`;
  const gdbus = ['call', '--session', '--timeout', `${busTimeout}`, '--dest', destination, '--object-path', path];
  const busctl = ['--user', `--timeout=${busTimeout}`, 'call', destination, path, call.interface, method];
  return [
    ['gdbus', [...gdbus, '--method', name, ...parameters]],
    ['busctl', [...busctl, ...(signature === undefined ? [] : [signature, ...parameters])]],
  ];
}
