import { spawn } from 'node:child_process';
import { once } from 'node:events';

interface SandboxProgram {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

interface OwnProgram {
  /** The program of this process. */
  readonly program: string;
  readonly parameters: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** The application's folder where it is not packaged. */
  readonly source: string | undefined;
}

/** Variables that contain the data folder of this Ringback or how it was started. */
const own = /^(RINGBACK_|ELECTRON_RUN_AS_NODE$|ELECTRON_RENDERER_URL$)/;

/** The program and environment that start a second Ringback with simulators and its own data folder. */
export function sandboxProgram({ program, parameters, environment, source }: OwnProgram): SandboxProgram {
  // The program of an AppImage is in a mount that disappears with it, that of a portable one in a folder that is deleted.
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

/** Starts a second Ringback, detached from this process. Rejects where it cannot be started. */
export async function startSandboxBeside(self: OwnProgram): Promise<void> {
  const { program, parameters, environment } = sandboxProgram(self);
  const child = spawn(program, parameters, { detached: true, stdio: 'ignore', env: environment });
  await once(child, 'spawn');
  child.unref();
}
