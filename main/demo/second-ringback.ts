import { spawn } from 'node:child_process';
import { once } from 'node:events';

interface SandboxProgram {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

interface OwnProgram {
  /** What runs this process. */
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** The folder of the application where it is not packaged. */
  readonly source: string | undefined;
}

/** Variables that name the data of this Ringback, or how it was started. */
const own = /^(RINGBACK_|ELECTRON_RUN_AS_NODE$|ELECTRON_RENDERER_URL$)/;

/** How a second Ringback is started that runs the simulators and has a data folder of its own. */
export function sandboxProgram({ program, parameters, environment, source }: OwnProgram): SandboxProgram {
  // An AppImage runs from a mount that ends with it, a portable program from a folder that is deleted.
  const packaged = environment.APPIMAGE ?? environment.PORTABLE_EXECUTABLE_FILE ?? program;
  return {
    program: source === undefined ? packaged : program,
    parameters: [
      ...(source === undefined ? [] : [source]),
      ...parameters.filter((parameter) => parameter === '--no-sandbox'),
      '--sandbox',
    ],
    environment: Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name))),
  };
}

/** Starts it; it lives on by itself. Rejects where it cannot be started. */
export async function startSandboxBeside(self: OwnProgram): Promise<void> {
  const { program, parameters, environment } = sandboxProgram(self);
  const child = spawn(program, parameters, { detached: true, stdio: 'ignore', env: environment });
  await once(child, 'spawn');
  child.unref();
}
