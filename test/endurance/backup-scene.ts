import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from '../../main/sandbox/autoflex/index.ts';
import type { Backup } from '../../preload/contract/index.ts';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

export interface Scene {
  readonly autoflex: AutoflexSandbox;
  readonly host: Spawned;
  /** Kills it, and starts another on the same folder and port. */
  revive(meanwhile?: () => void | Promise<void>): Promise<Spawned>;
}

/** The real host with an account of the simulator and one requested backup; its port, and so its URL, stays the same. */
export async function openScene(
  options: AutoflexOptions,
  given?: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Scene> {
  const autoflex = await startAutoflex(options);
  onTestFinished(() => autoflex.stop());
  const folder = given ?? (await temporaryFolder());
  const host = spawnHost(folder, variables);
  const { port } = (await host.ask('status.get', {})).receiver;
  await host.ask('settings.set', {
    receiver: { port },
    tunnel: { provider: 'fixed', url: `http://127.0.0.1:${port}` },
  });
  const { url: baseUrl, username, apiKey, password } = autoflex;
  const { id: connection } = await host.ask('connections.add', {
    connector: 'autoflex',
    settings: { baseUrl, username },
    secrets: { apiKey, password },
  });
  await host.ask('backups.start', { connection });
  let current = host;
  return {
    autoflex,
    host,
    async revive(meanwhile = () => {}) {
      await kill(current);
      await meanwhile();
      current = spawnHost(folder, variables);
      return current;
    },
  };
}

export function reach(host: Spawned, state: Backup['state']): Promise<Backup> {
  return until(async () => {
    const [newest] = await host.ask('backups.list', {});
    if (newest?.state === 'failed') throw new Error(newest.problem);
    return newest?.state === state ? newest : undefined;
  });
}

export async function digestOf(autoflex: AutoflexSandbox, size: number): Promise<string> {
  const hash = createHash('sha256');
  for (const piece of (await autoflex.file()).read(0, size)) hash.update(piece);
  return hash.digest('hex');
}
