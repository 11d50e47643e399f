import type { Catalogue, HookRequest } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { type Message, messageMembers } from '../../engine/messages/index.ts';
import { manufacturingMessages } from './messages.ts';
import { milestoneFilter } from './milestone-filter.ts';

/** The system name of these hooks and of their events. */
export const system = 'autodesk.data.pim';
export const milestoneCreated = 'MILESTONE_CREATED';

export const catalogue: Catalogue = {
  systems: [
    {
      system,
      ...messageMembers('title', manufacturingMessages.designs()),
      ...messageMembers('help', manufacturingMessages.designsHelp()),
      scopes: [
        {
          key: 'component',
          ...messageMembers('label', manufacturingMessages.component()),
          ...messageMembers('help', manufacturingMessages.componentHelp()),
          example: 'Y29tcH5jby5FeGFtcGxlfkV4YW1wbGVfYWdhfn4',
          pick: ['component'],
        },
        {
          key: 'milestone',
          ...messageMembers('label', manufacturingMessages.onlyNamed()),
          ...messageMembers('help', manufacturingMessages.onlyNamedHelp()),
          example: 'Release *',
          optional: true,
        },
      ],
      events: [
        {
          event: milestoneCreated,
          ...messageMembers('title', manufacturingMessages.milestoneCreated()),
          scopes: ['component', 'milestone'],
        },
      ],
    },
  ],
  regions: [],
  fixed: true,
};

/** Throws invalid-input for a hook that the API would reject. Events that are not in the catalogue are accepted. */
export function inspect(request: HookRequest): void {
  const { event, scope, region, attribute } = request;
  if (request.system !== undefined && request.system !== system) {
    throw invalid(manufacturingMessages.wrongSystem({ system }));
  }
  // The event is sent as the value of a GraphQL enumeration.
  if (!/^[A-Z][A-Z0-9_]{0,99}$/.test(event))
    throw invalid(manufacturingMessages.wrongEvent({ event, example: milestoneCreated }));
  if (region !== undefined) throw invalid(manufacturingMessages.noRegion());
  if (attribute !== undefined) throw invalid(manufacturingMessages.noAttribute());
  const { component = '', milestone, ...others } = scope;
  const [unknownKey] = Object.keys(others);
  if (unknownKey !== undefined) throw invalid(manufacturingMessages.wrongScope({ scope: unknownKey }));
  if (!/^[\w.~:=-]{1,500}$/.test(component)) throw invalid(manufacturingMessages.noComponent());
  if (milestone !== undefined) milestoneFilter(milestone);
}

function invalid(message: Message): RingbackError {
  return new RingbackError('invalid-input', message);
}
