import type { Delivery, Reading } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import {
  type CloudEvent,
  clean,
  cloudEventIdentity,
  cloudEventIn,
  fields,
  readCloudEvent,
  text,
  words,
} from '../aps/index.ts';
import { milestoneCreated, system } from './catalogue.ts';
import { isSameComponent, namelessComponent } from './component.ts';
import { manufacturingMessages } from './messages.ts';
import { milestoneFilter } from './milestone-filter.ts';

/** Parses a callback of the Data Eventing service. Throws where it is not a CloudEvent. */
export function read(delivery: Delivery): Reading {
  const event = cloudEventIn(fields(JSON.parse(new TextDecoder().decode(delivery.body))));
  if (!event) throw new TypeError('A callback is a CloudEvent.');
  // The documentation says `events.milestone.created`, captured callbacks say `milestone.created`.
  return /\bmilestone\.created\b/.test(event.type) ? readMilestone(event, delivery) : readCloudEvent(event, delivery);
}

function readMilestone(event: CloudEvent, { hook, nameOf }: Delivery): Reading {
  const { data, time } = event;
  const reported = text(data, 'componentid') ?? event.subject?.replace(/^.*:component:/, '') ?? '';
  const watched = hook.scope.component;
  const component = watched && (!reported || isSameComponent(reported, watched)) ? watched : reported;
  const name = clean(nameOf(component) ?? '', 100);
  const milestone = words(data, 'milestonename');
  const title = manufacturingMessages.milestone({
    milestone: milestone ?? '',
    component: name || namelessComponent(component),
  });
  const isWanted = hook.scope.milestone === undefined || matches(hook.scope.milestone, milestone ?? '');
  return {
    system,
    event: text(data, 'eventtype') ?? milestoneCreated,
    ...messageMembers('title', title),
    outcome: 'info',
    identity: cloudEventIdentity(event),
    ...(isWanted ? {} : { muted: true, ...messageMembers('summary', notAnnounced(hook.scope.milestone)) }),
    ...(component ? { resource: component } : {}),
    names: [milestone ?? '', name].filter(Boolean),
    ...(time === undefined ? {} : { time }),
  };
}

function notAnnounced(milestones: string | undefined) {
  return manufacturingMessages.notAnnounced({ milestones: milestones ?? '' });
}

/** An invalid filter must not suppress events. */
function matches(pattern: string, milestone: string): boolean {
  try {
    return milestoneFilter(pattern)(milestone);
  } catch {
    return true;
  }
}
