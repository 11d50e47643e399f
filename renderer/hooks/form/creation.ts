import type { Input } from '../../../preload/contract/index.ts';

/** How far one hook of the form is. */
export type CreationState =
  | { readonly state: 'creating' }
  | { readonly state: 'created'; readonly hook: string }
  /** With the hook where it was created, and only what follows failed. */
  | { readonly state: 'failed'; readonly problem: Error; readonly hook?: string };

type Request = Input<'hooks.create'>;
export type Creations = ReadonlyMap<string, CreationState>;

/** Tells hooks of a form apart. */
export const keyOf = (request: Request): string => JSON.stringify(request);

interface CreationRun {
  readonly requests: readonly Request[];
  /** What earlier runs did; what they created is not created again. */
  readonly before: Creations;
  /** Creates one and gives its id. */
  create(request: Request): Promise<string>;
  /** Does what follows once a hook is created. */
  complete(hook: string): Promise<unknown>;
  onChange(creations: Creations): void;
}

/** Creates one hook after another; a failure does not end the run. Gives the ids of all where none is missing. */
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

/** What was created by an earlier run is only completed. */
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
