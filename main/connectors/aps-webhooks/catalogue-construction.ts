import { entries, type System, scope, system } from './catalogue-entry.ts';
import { costEvents } from './event-titles.ts';

const project = scope('project', { example: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', pick: ['project'] });

const issues = system('autodesk.construction.issues', {
  scopes: [project],
  events: entries(
    ['project'],
    [
      ...['issue.created-1.0', 'issue.updated-1.0', 'issue.deleted-1.0', 'issue.restored-1.0', 'issue.unlinked-1.0'],
      'issue.*',
    ],
  ),
});

const reviews = system('autodesk.construction.reviews', {
  userOnly: true,
  scopes: [project],
  events: entries(['project'], ['review.created-1.0', 'review.closed-1.0', 'review.*-1.0']),
});

const buildingConnected = system('autodesk.construction.bc', {
  scopes: [scope('companyId', { example: '5f2c1a9d0e4b7c0012345678' })],
  events: entries(
    ['companyId'],
    [
      ...['bid.created-1.0', 'opportunity.created-1.0', 'opportunity.status.updated-1.0'],
      ...['opportunity.comment.created-1.0', 'opportunity.comment.updated-1.0', 'opportunity.comment.deleted-1.0'],
    ],
  ),
});

const cost = system('autodesk.construction.cost', {
  scopes: [project, scope('account', { example: '11111111-2222-4333-8444-555555555555', pick: ['hub'] })],
  events: [...entries(['project'], costEvents), ...entries(['account', 'project'], ['project.initialized-1.0'])],
});

export const constructionSystems: readonly System[] = [issues, reviews, buildingConnected, cost];
