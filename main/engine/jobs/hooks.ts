import { createHash } from 'node:crypto';
import type { Hook } from '../../../preload/contract/index.ts';
import type { HookRequest, JobSupport, JobUpdate } from '../connector/index.ts';
import { fits } from '../event-pattern.ts';
import type { Hooks } from '../hooks/index.ts';
import type { Stamp } from '../storage/index.ts';

interface JobHooksOptions {
  hooks(): Pick<Hooks, 'list' | 'create' | 'update' | 'remove'>;
  readonly installation: Stamp;
  /** What contains a resource, as far as known. */
  parentOf(resource: string): string | undefined;
}

/** The hooks through which jobs call back: one workflow per connection and region, shared by all its jobs. */
export interface JobHooks {
  /** Resolves with the workflow once its hooks exist and use the current address. */
  ensure(connection: string, support: JobSupport, region: string): Promise<string>;
  /** Whether a working hook of the connection listens to this event in one of these resources, or in what contains one. */
  covers(connection: string, event: NonNullable<JobUpdate['endedBy']>): boolean;
}

export function createJobHooks({ hooks, installation, parentOf }: JobHooksOptions): JobHooks {
  const inProgress = new Map<string, Promise<void>>();

  const ensureOne = async (connection: string, wanted: HookRequest): Promise<void> => {
    const present = ownHooks(hooks().list(connection)).filter((hook) => isSame(hook, wanted));
    const working = present.find((hook) => hook.current !== false && hook.status !== 'missing');
    if (working?.status === 'inactive') await hooks().update({ id: working.id, status: 'active' });
    if (working) return;
    await hooks().create({ connection, ...wanted, scope: { ...wanted.scope } } as Parameters<Hooks['create']>[0]);
    // Hooks with an old address are of no use; one that cannot be removed does no harm.
    for (const { id } of present)
      await hooks()
        .remove(id, false)
        .catch(() => {});
  };

  return {
    async ensure(connection, support, region) {
      const workflow = workflowOf(installation.id, connection, region);
      const ensured =
        inProgress.get(workflow) ??
        support
          .hooks(workflow, region)
          .reduce((before, wanted) => before.then(() => ensureOne(connection, wanted)), Promise.resolve())
          .finally(() => inProgress.delete(workflow));
      inProgress.set(workflow, ensured);
      await ensured;
      return workflow;
    },
    covers(connection, { system, event, within }) {
      const resources = new Set(within.flatMap((resource) => withAncestors(resource, parentOf)));
      return ownHooks(hooks().list(connection)).some(
        (hook) =>
          (hook.system ?? system) === system &&
          hook.status !== 'inactive' &&
          hook.status !== 'missing' &&
          fits(hook.event, event) &&
          (resources.size === 0 || Object.values(hook.scope).some((resource) => resources.has(resource))),
      );
    },
  };
}

/** 35 characters, the same at every start, and not guessable by others. */
function workflowOf(installation: string, connection: string, region: string): string {
  const digest = createHash('sha256').update(`${installation}\n${connection}\n${region}`).digest('hex');
  return `rb-${digest.slice(0, 32)}`;
}

function ownHooks(hooks: readonly Hook[]): Hook[] {
  return hooks.filter(({ ours }) => ours);
}

function isSame(hook: Hook, { system, event, scope, region }: HookRequest): boolean {
  return (
    (hook.system ?? system) === system &&
    hook.event === event &&
    hook.scope.workflow === scope.workflow &&
    (hook.region ?? region) === region
  );
}

const deepestTree = 40;

/** The resource and everything that contains it. */
function withAncestors(resource: string, parentOf: (resource: string) => string | undefined): string[] {
  const resources: string[] = [];
  for (let at: string | undefined = resource; at !== undefined && resources.length < deepestTree; at = parentOf(at)) {
    resources.push(at);
  }
  return resources;
}
