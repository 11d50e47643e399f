import type { Input } from '../../../preload/contract/index.ts';

/** The state of one hook of the form. */
export type CreationState =
  | { readonly state: 'creating' }
  | { readonly state: 'created'; readonly hook: string }
  /** With `hook` where it was created and a later step failed. */
  | { readonly state: 'failed'; readonly problem: Error; readonly hook?: string };

type Request = Input<'hooks.create'>;
export type Creations = ReadonlyMap<string, CreationState>;

/** A unique key of a request. */
export const keyOf = (request: Request): string => JSON.stringify(request);

interface CreationRun {
  readonly requests: readonly Request[];
  /** The results of earlier runs; hooks that they created are not created again. */
  readonly before: Creations;
  /** Creates a hook and resolves with its id. */
  create(request: Request): Promise<string>;
  /** Runs the steps after a hook was created. */
  complete(hook: string): Promise<unknown>;
  onChange(creations: Creations): void;
}

/** Creates one hook after another and continues after failures. Resolves with all ids; undefined where one failed. */
export async function runCreation(run: CreationRun): Promise<readonly string[] | undefined> {
  let creations = run.before;
  const set = (request: Request, state: CreationState) => {
    creations = new Map([...creations, [keyOf(request), state]]);
    run.onChange(creations);
  };
  for (const request of run.requests) {
    const before = creations.get(keyOf(request));
    if (before?.state === 'created') continue;
    set(request, { state: 'creating' });
    set(request, await createOne(run, request, before?.state === 'failed' ? before.hook : undefined));
  }
  const ids = run.requests.flatMap((request) => {
    const one = creations.get(keyOf(request));
    return one?.state === 'created' ? [one.hook] : [];
  });
  return ids.length === run.requests.length ? ids : undefined;
}

/** For a hook that an earlier run created, only the later steps are run. */
async function createOne(run: CreationRun, request: Request, created: string | undefined): Promise<CreationState> {
  let hook = created;
  try {
    hook ??= await run.create(request);
    await run.complete(hook);
    return { state: 'created', hook };
  } catch (error) {
    const problem = error instanceof Error ? error : new Error(String(error));
    return { state: 'failed', problem, ...(hook === undefined ? {} : { hook }) };
  }
}
