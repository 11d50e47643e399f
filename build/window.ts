import type { LogErrorOptions, Logger } from 'vite';
import { buildOnce } from './stamp.ts';

const built = {
  name: 'window',
  sources: [
    'renderer/**/*.*',
    'preload/**/*.ts',
    'build/licenses.ts',
    'build/renderer-config.ts',
    'build/stamp.ts',
    'build/window.ts',
    'package-lock.json',
  ],
  result: 'out/renderer/index.html',
};

/** Builds the window into out/renderer; does nothing if no source has changed since. Prints nothing on standard output. */
export async function buildWindow(): Promise<void> {
  await buildOnce(built, async () => {
    // Loading the bundler takes longer than most starts of a host.
    const { build } = await import('vite');
    const { rendererConfig } = await import('./renderer-config.ts');
    const options = { ...rendererConfig, configFile: false, logLevel: 'warn', customLogger: quietLogger() } as const;
    await build(options);
  });
}

/** Vite's own loggers write to standard output, which is reserved for the host's ready line. */
function quietLogger(): Logger {
  const said = new Set<string>();
  const write = (text: string) => void process.stderr.write(`${text}\n`);
  const logger: Logger = {
    hasWarned: false,
    info: () => {},
    warn: (text) => {
      logger.hasWarned = true;
      write(text);
    },
    warnOnce: (text) => {
      if (!said.has(text)) logger.warn(text);
      said.add(text);
    },
    error: (text: string, _options?: LogErrorOptions) => write(text),
    clearScreen: () => {},
    hasErrorLogged: () => false,
  };
  return logger;
}

if (import.meta.main) await buildWindow();
