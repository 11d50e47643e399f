import type { Change } from '../../preload/contract.ts';
import { ask } from '../engine/ask.ts';
import { RingbackError } from '../engine/errors.ts';
import type { Engine } from '../engine/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { enterTrial, type Trial } from './connections.ts';

type Scenarios = Pick<Sandbox['aps'], 'project' | 'upload' | 'publish' | 'translate'> & {
  readonly manufacturing: Pick<Sandbox['aps']['manufacturing'], 'component' | 'milestone'>;
};

interface TrialParts {
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  readonly sandbox: Trial & { readonly aps: Scenarios };
  /** Milliseconds the tunnel may take. */
  readonly patience: number;
}

/** Connects to the simulators, registers hooks there and lets work be done, so that the window has something to show. */
export async function startTrial({ engine, sandbox, patience }: TrialParts): Promise<void> {
  const { aps: account, manufacturing: designs, autoflex } = await enterTrial(engine, sandbox);
  const connection = account.id;
  await tunnelUp(engine, patience);
  const { project, manufacturing, ...aps } = sandbox.aps;
  const hooks = [
    { event: 'dm.version.added', scope: { folder: project.folder } },
    { event: 'model.publish', scope: { folder: project.folder } },
    { event: 'extraction.finished', scope: { workflow: project.workflow } },
  ];
  for (const hook of hooks) await ask(engine, 'hooks.create', { connection, ...hook });
  const { id: component } = manufacturing.component('Frame');
  await ask(engine, 'hooks.create', { connection: designs.id, event: 'MILESTONE_CREATED', scope: { component } });
  await aps.upload({ name: 'Tower.rvt' });
  await aps.publish({ name: 'Tower.rvt' });
  await aps.translate({ name: 'pump.ipt' });
  await manufacturing.milestone({ component });
  await ask(engine, 'backups.start', { connection: autoflex.id });
}

async function tunnelUp(engine: TrialParts['engine'], patience: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = new RingbackError('offline', 'The tunnel to the sandbox did not come up. Start Ringback again.');
  const timer = setTimeout(() => reject(late), patience);
  const silence = engine.listen((change: Change) => {
    if (change.type === 'status' && change.status.tunnel.state === 'up') resolve();
  });
  try {
    const { tunnel } = await ask(engine, 'status.get', {});
    if (tunnel.state !== 'up') await promise;
  } finally {
    clearTimeout(timer);
    silence();
  }
}
