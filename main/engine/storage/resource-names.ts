import type { Hook } from '../../../preload/contract/index.ts';
import type { BrowseNode } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import type { Ledger } from './ledger.ts';
import { selectName, selectResource } from './tables/index.ts';

/** Names of resources known from browsing. They stay when events are deleted, and an event with a new name updates them. */
export interface ResourceNames {
  /** Resolves when they are on disk. A store that refuses is no reason to refuse the browsing. */
  store(nodes: readonly BrowseNode[]): Promise<void>;
  /** Such as "Tower / Project Files / Structural", from the project to the resource; undefined if never seen. */
  pathOf(resource: string): string | undefined;
  /** The hook with the path of what it watches, or its name alone where only events gave it. */
  withPath(hook: Hook): Hook;
}

interface ResourceNamesOptions {
  readonly ledger: Ledger;
  readonly log: Log;
  /** Called where a name is new or has changed. */
  changed(): void;
}

const deepest = 40;

export function createResourceNames({ ledger, log, changed }: ResourceNamesOptions): ResourceNames {
  const attempt = (read: () => string | undefined): string | undefined => {
    try {
      return read();
    } catch (error) {
      // Names are optional: without one, the id alone is shown.
      log.warn('storage', `A name could not be read: ${describe(error)}`);
      return undefined;
    }
  };
  const pathOf: ResourceNames['pathOf'] = (resource) => attempt(() => joined(ancestry(ledger, resource)));
  const placeOf = (resource: string) => pathOf(resource) ?? attempt(() => selectName(ledger, resource));
  return {
    async store(nodes) {
      const rows = nodes.flatMap(({ name, resourceIds: known = [], parentId: within }) =>
        // Further ids of the same thing are stored as lying in the first one.
        known.map((resource, index) => ({ resource, name, within: (index === 0 ? within : known[0]) ?? null })),
      );
      try {
        if (rows.length > 0 && (await ledger.write('places', rows)) > 0) changed();
      } catch (error) {
        log.warn('storage', `Names could not be kept: ${describe(error)}`);
      }
    },
    pathOf,
    withPath(hook) {
      const [place] = Object.values(hook.scope).map(placeOf).filter(Boolean);
      return place === undefined ? hook : { ...hook, place };
    },
  };
}

interface Step {
  readonly name: string;
  readonly isTop: boolean;
}

/** From the top down to the resource. */
function ancestry(ledger: Ledger, resource: string): readonly Step[] {
  const steps: Step[] = [];
  for (let at: string | null = resource; at !== null && steps.length < deepest; ) {
    const row = selectResource(ledger, at);
    if (!row) break;
    at = row.within;
    steps.unshift({ name: row.name, isTop: at === null });
  }
  return steps;
}

/** The path without the hub; a name that is also its parent's is given once. */
function joined(steps: readonly Step[]): string | undefined {
  const shown = steps.length > 1 ? steps.filter(({ isTop }) => !isTop) : steps;
  const names = shown.map(({ name }) => name).filter((name, index, all) => name !== all[index - 1]);
  return names.join(' / ') || undefined;
}
