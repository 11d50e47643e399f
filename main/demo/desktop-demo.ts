import type { Change } from '../../preload/contract/index.ts';
import { ask } from '../engine/ask.ts';
import { RingbackError } from '../engine/errors.ts';
import type { Engine } from '../engine/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { connectDemo, type DemoServices } from './connections.ts';

type Scenarios = Pick<Sandbox['aps'], 'project' | 'upload' | 'publish' | 'translate'> & {
  readonly manufacturing: Pick<Sandbox['aps']['manufacturing'], 'component' | 'milestone'>;
};

interface DesktopDemoParts {
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  readonly sandbox: DemoServices & { readonly aps: Scenarios };
  /** Milliseconds for the tunnel to connect. */
  readonly timeout: number;
}

/** Connects to the simulators, registers hooks there and runs jobs, so that the window has contents. */
export async function startDesktopDemo({ engine, sandbox, timeout }: DesktopDemoParts): Promise<void> {
  const { aps: account, manufacturing: designs, autoflex } = await connectDemo(engine, sandbox);
  const connection = account.id;
  await tunnelUp(engine, timeout);
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

async function tunnelUp(engine: DesktopDemoParts['engine'], timeout: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = new RingbackError('offline', 'The tunnel to the sandbox did not come up. Start Ringback again.');
  const timer = setTimeout(() => reject(late), timeout);
  const stopListening = engine.listen((change: Change) => {
    if (change.type === 'status' && change.status.tunnel.state === 'up') resolve();
  });
  try {
    const { tunnel } = await ask(engine, 'status.get', {});
    if (tunnel.state !== 'up') await promise;
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}
