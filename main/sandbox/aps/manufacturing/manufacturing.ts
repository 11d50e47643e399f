import type { Router } from 'express';
import { ErrorResponse } from '../../http/index.ts';
import type { Random } from '../../random.ts';
import type { Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { createManufacturingEndpoints } from './endpoints.ts';
import { type MilestoneHook, MilestoneHooks } from './hooks.ts';
import { type MilestoneScenario, Milestones, type SentMilestone } from './milestones.ts';
import { type Component, componentsOf, createTree, type Hub } from './tree.ts';

/** A strict simulator of the Manufacturing Data Model: a real GraphQL schema, and milestones with webhooks. */
export interface Manufacturing {
  readonly hubs: readonly Hub[];
  /** Finds a component by name or id; throws an error response where there is none. */
  component(nameOrId: string): Component;
  /** The webhooks of every owner. */
  milestoneHooks(): readonly MilestoneHook[];
  /** Makes listing return an error for this webhook. */
  breakMilestoneHook(id: string): void;
  /** Creates a milestone; resolves once each webhook was called. */
  milestone(options?: MilestoneScenario): Promise<readonly SentMilestone[]>;
}

/** The simulator, its endpoints, and a function that stops it. */
interface ManufacturingParts {
  readonly manufacturing: Manufacturing;
  readonly router: Router;
  stop(): Promise<void>;
}

export function createManufacturing(
  tokens: Tokens,
  behaviour: Behaviour,
  now: () => number,
  random: Random,
): ManufacturingParts {
  const hubs = createTree(random.fork('designs'));
  const hooks = new MilestoneHooks(now, random.fork('webhooks'));
  const broken = new Set<string>();
  const milestones = new Milestones(hooks, behaviour, now, random.fork('milestones'));
  const component = (nameOrId: string): Component => {
    const found = componentsOf(hubs).find(({ id, name }) => id === nameOrId || name === nameOrId);
    if (found) return found;
    throw new ErrorResponse(404, { detail: `There is no component "${nameOrId}".` });
  };
  const manufacturing: Manufacturing = {
    hubs,
    component,
    milestoneHooks: () => hooks.all(),
    breakMilestoneHook: (id) => void broken.add(id),
    milestone: async ({ component: wanted = 'Frame', name = 'Milestone V48', alter } = {}) =>
      milestones.create(component(wanted), name, alter),
  };
  return {
    manufacturing,
    router: createManufacturingEndpoints({ hubs, hooks, broken }, tokens, behaviour),
    stop: () => milestones.stop(),
  };
}
