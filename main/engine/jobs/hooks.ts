import { createHash } from 'node:crypto';
import type { Hook } from '../../../preload/contract.ts';
import type { HookRequest, JobNews, JobSupport } from '../connector/index.ts';
import type { Hooks } from '../hooks/index.ts';

export interface JobHooksOptions {
  hooks(): Pick<Hooks, 'list' | 'create' | 'update' | 'remove'>;
  readonly installation: string;
  /** What a place lies in, as far as it is known. */
  withinOf(place: string): string | undefined;
}

/** The hooks through which jobs call back: one workflow for each connection and region, for all its jobs. */
export interface JobHooks {
  /** Resolves with the workflow when its hooks are in place and lead to the present address. */
  ensure(connection: string, support: JobSupport, region: string): Promise<string>;
  /** Whether a living hook of the connection listens to this event in one of these places, or above one. */
  covers(connection: string, event: NonNullable<JobNews['endedBy']>): boolean;
}

export function createJobHooks({ hooks, installation, withinOf }: JobHooksOptions): JobHooks {
  const running = new Map<string, Promise<void>>();

  const ensureOne = async (connection: string, wanted: HookRequest): Promise<void> => {
    const present = ownHooks(hooks().list(connection)).filter((hook) => isSame(hook, wanted));
    const good = present.find((hook) => hook.current !== false && hook.status !== 'missing');
    if (good?.status === 'inactive') await hooks().update({ id: good.id, status: 'active' });
    if (good) return;
    await hooks().create({ connection, ...wanted, scope: { ...wanted.scope } } as Parameters<Hooks['create']>[0]);
    // What led elsewhere is of no use any more; where it cannot be removed it does no harm.
    for (const { id } of present)
      await hooks()
        .remove(id, false)
        .catch(() => {});
  };

  return {
    async ensure(connection, support, region) {
      const workflow = workflowOf(installation, connection, region);
      const inPlace =
        running.get(workflow) ??
        support
          .hooks(workflow, region)
          .reduce((before, wanted) => before.then(() => ensureOne(connection, wanted)), Promise.resolve())
          .finally(() => running.delete(workflow));
      running.set(workflow, inPlace);
      await inPlace;
      return workflow;
    },
    covers(connection, { system, event, within }) {
      const places = new Set(within.flatMap((place) => upwards(place, withinOf)));
      return ownHooks(hooks().list(connection)).some(
        (hook) =>
          (hook.system ?? system) === system &&
          hook.status !== 'inactive' &&
          hook.status !== 'missing' &&
          fits(hook.event, event) &&
          (places.size === 0 || Object.values(hook.scope).some((place) => places.has(place))),
      );
    },
  };
}

/** 35 characters, the same at every start, and nothing that others could guess. */
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

/** `*` stands for zero or more characters. */
function fits(pattern: string, event: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(event);
}

/** No tree is deeper. */
const deepest = 40;

/** The place and all it lies in. */
function upwards(place: string, withinOf: (place: string) => string | undefined): string[] {
  const places: string[] = [];
  for (let at: string | undefined = place; at !== undefined && places.length < deepest; at = withinOf(at))
    places.push(at);
  return places;
}
