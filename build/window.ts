import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type LogErrorOptions, type Logger } from 'vite';
import { rendererConfig } from './renderer-config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = [
  'renderer/**/*.*',
  'build/licenses.ts',
  'build/renderer-config.ts',
  'build/window.ts',
  'package-lock.json',
];

/** Builds the window into out/renderer; does nothing where no source has changed since. Standard output stays untouched. */
export async function buildWindow(): Promise<void> {
  const stamp = join(root, 'out', 'window.sha256');
  const state = digest();
  const built = existsSync(join(rendererConfig.build.outDir, 'index.html'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  await inProduction(() =>
    build({ ...rendererConfig, configFile: false, logLevel: 'warn', customLogger: quietLogger() }),
  );
  writeFileSync(stamp, state);
}

/** Vite takes NODE_ENV as it finds it, and a test run sets it: the window would be built with React's development half. */
async function inProduction(work: () => Promise<unknown>): Promise<void> {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await work();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

function digest(): string {
  const files = globSync(sources, { cwd: root });
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/** Vite's own loggers write to standard output, which belongs to the host's ready line. */
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
