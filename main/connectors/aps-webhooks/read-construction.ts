import { type Fields, fields, joined, list, named, parseTime, text, words } from '../aps/index.ts';
import type { EventGroup } from './event-group.ts';
import { callbackTitles, called, eventSummaries } from './event-texts.ts';

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
    const name = { ...named(words(payload, 'title'), id), ...(number ? { id: number } : {}) };
    const due = words(payload, 'dueDate') ?? '';
    const status = words(payload, 'status') ?? '';
    return {
      title: callbackTitles.issue({ ...name, change: lastWord(event) }),
      summary: eventSummaries.issue({ status, changed: changed(payload), due }),
      outcome: 'info',
      resource: id,
      names: [called('Issue', name)],
      time: parseTime(payload.updatedAt),
      dated: true,
    };
  },
};

function changed(payload: Fields): string {
  const names = list(payload.changedAttributes).map((name) => words({ name }, 'name')?.replaceAll('_', ' '));
  return names.filter(Boolean).slice(0, 5).join(', ');
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
    const name = { ...named(undefined, resource), ...(sequence ? { id: sequence } : {}) };
    const failed = text(payload, 'status') === 'FAILED';
    const round = words(payload, 'roundNum') ?? '';
    const reason = words(payload, 'errorCode')?.toLowerCase().replaceAll('_', ' ') ?? '';
    return {
      title: failed
        ? callbackTitles.reviewNotCreated(name)
        : callbackTitles.review({ ...name, change: lastWord(event) }),
      summary: eventSummaries.review({ reason, round }),
      outcome: failed ? 'failed' : 'info',
      names: [called('Review', name)],
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
    const name = named(words(payload, 'name'), id);
    const state = words(fields(payload), 'newState')?.toLowerCase().replaceAll('_', ' ');
    const kind = event.includes('.comment.') ? 'comment' : isBid ? 'bid' : 'opportunity';
    const change = lastWord(event);
    return {
      title: state ? callbackTitles.opportunityState({ ...name, state }) : callbackTitles[kind]({ ...name, change }),
      summary: joined(words(payload, 'userName'), words(payload, 'content')),
      outcome: 'info',
      resource: id,
      names: [called(isBid ? 'Bid' : 'Opportunity', name)],
    };
  },
};

function lastWord(event: string): string {
  return event.split('.').at(-1) || 'changed';
}
