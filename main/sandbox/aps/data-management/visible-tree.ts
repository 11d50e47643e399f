import type { Request } from 'express';
import type { Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { rejection, required } from './answers.ts';
import { type CloudProject, createHubs, type Hub, type SimulatedProject } from './tree.ts';

/** The part of the hubs that a caller may see. */
export interface VisibleTree {
  hubs(request: Request): readonly Hub[];
  project(request: Request, id: string): CloudProject;
}

export function createVisibleTree(simulated: SimulatedProject, tokens: Tokens, behaviour: Behaviour): VisibleTree {
  const hubs = (request: Request): readonly Hub[] => {
    if (!request.accepts(['application/json', 'application/vnd.api+json']))
      throw rejection(406, 'NOT_ACCEPTABLE', 'Not acceptable.');
    const owner = tokens.authorise(request, ['data:read']);
    return createHubs(simulated).filter(({ kind, region }) => {
      if (behaviour.hubs === 'none') return false;
      // A personal hub belongs to a user; an account is visible only to applications that were added to it.
      return (kind !== 'a360:PersonalHub' || owner.type === 'O2User') && (behaviour.hubs === 'all' || region === 'US');
    });
  };
  return {
    hubs,
    project(request, id) {
      const visible = hubs(request);
      if (!/^[ab]\./.test(id)) throw rejection(400, 'BAD_INPUT', 'The project id must begin with "a." or "b.".');
      return required(visible.flatMap(({ projects }) => projects).find((project) => project.id === id));
    },
  };
}
