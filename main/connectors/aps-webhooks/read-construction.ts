import { type Fields, fields, joined, list, nameless, parseTime, text, words } from '../aps/index.ts';
import type { EventGroup } from './event-group.ts';

/** issue.*: the payload has no title. */
export const issues: EventGroup = {
  system: 'autodesk.construction.issues',
  events: /^issue\./,
  recognise(payload) {
    if (payload.issueTypeId === undefined) return undefined;
    return payload.changedAttributes === undefined ? [] : ['issue.updated-1.0'];
  },
  describe({ event, resource, payload }) {
    const id = text(payload, 'id') ?? resource;
    const number = words(payload, 'displayId');
    const name = words(payload, 'title') ?? (number ? `Issue ${number}` : nameless('Issue', id));
    const due = words(payload, 'dueDate');
    const status = words(payload, 'status');
    return {
      title: `${name}: ${lastWord(event) ?? 'changed'}`,
      summary: joined(status && `Status ${status}`, changed(payload), due && `due ${due}`),
      outcome: 'info',
      resource: id,
      names: [name],
      time: parseTime(payload.updatedAt),
      dated: true,
    };
  },
};

function changed(payload: Fields): string | undefined {
  const names = list(payload.changedAttributes).map((name) => words({ name }, 'name')?.replaceAll('_', ' '));
  const found = names.filter(Boolean).slice(0, 5).join(', ');
  return found ? `changed: ${found}` : undefined;
}

/** review.*: a failed creation is sent as "created" with the status FAILED. */
export const reviews: EventGroup = {
  system: 'autodesk.construction.reviews',
  events: /^review\./,
  recognise(payload) {
    if (payload.roundNum === undefined) return undefined;
    return [payload.status === 'CLOSED' ? 'review.closed-1.0' : 'review.created-1.0'];
  },
  describe({ event, resource, payload }) {
    const sequence = words(payload, 'sequenceId');
    const name = sequence ? `Review ${sequence}` : nameless('Review', resource);
    const failed = text(payload, 'status') === 'FAILED';
    const round = words(payload, 'roundNum');
    const reason = words(payload, 'errorCode')?.toLowerCase().replaceAll('_', ' ');
    return {
      title: `${name}: ${failed ? 'could not be created' : (lastWord(event) ?? 'changed')}`,
      summary: joined(reason, round && `Round ${round}`),
      outcome: failed ? 'failed' : 'info',
      names: [name],
    };
  },
};

/** BuildingConnected: the payloads are recognized by the names of their ids. */
export const bids: EventGroup = {
  system: 'autodesk.construction.bc',
  events: /^(bid|opportunity)\./,
  recognise(payload) {
    const has = (name: string) => payload[name] !== undefined;
    if (has('bidId')) return ['bid.created-1.0'];
    if (!has('opportunityId')) return undefined;
    if (has('newState')) return ['opportunity.status.updated-1.0'];
    if (!has('commentId')) return ['opportunity.created-1.0'];
    return has('content') || has('userName') ? ['opportunity.comment.deleted-1.0'] : [];
  },
  describe({ event, resource, payload }) {
    const isBid = event.startsWith('bid.') || payload.bidId !== undefined;
    const id = text(payload, isBid ? 'bidId' : 'opportunityId') ?? resource;
    const name = words(payload, 'name') ?? nameless(isBid ? 'Bid' : 'Opportunity', id);
    const state = words(fields(payload), 'newState')?.toLowerCase().replaceAll('_', ' ');
    const comment = event.includes('.comment.') ? 'comment ' : '';
    const what = state ? `now ${state}` : `${comment}${lastWord(event) ?? 'changed'}`;
    return {
      title: `${name}: ${what}`,
      summary: joined(words(payload, 'userName'), words(payload, 'content')),
      outcome: 'info',
      resource: id,
      names: [name],
    };
  },
};

function lastWord(event: string): string | undefined {
  return event.split('.').at(-1) || undefined;
}
