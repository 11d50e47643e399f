import { entries, pattern, type System } from './catalogue-entry.ts';

const project = {
  key: 'project',
  label: 'Project id',
  help: 'The id of the project, without "b." in front.',
  example: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  pick: ['project' as const],
};

const issues: System = {
  system: 'autodesk.construction.issues',
  title: 'Issues (ACC)',
  scopes: [project],
  events: entries(
    ['project'],
    [
      ['issue.created-1.0', 'Issue created'],
      ['issue.updated-1.0', 'Issue updated'],
      ['issue.deleted-1.0', 'Issue deleted'],
      ['issue.restored-1.0', 'Issue restored'],
      ['issue.unlinked-1.0', 'Issue unlinked', 'A placed issue lost its document.'],
      ['issue.*', 'Everything about issues', pattern],
    ],
  ),
};

const reviews: System = {
  system: 'autodesk.construction.reviews',
  title: 'Reviews (ACC)',
  help: 'Autodesk sends these only to a signed-in user, not to an app alone.',
  userOnly: true,
  scopes: [project],
  events: entries(
    ['project'],
    [
      ['review.created-1.0', 'Review created', 'A creation that failed comes as this too.'],
      ['review.closed-1.0', 'Review closed'],
      ['review.*-1.0', 'Everything about reviews', pattern],
    ],
  ),
};

const buildingConnected: System = {
  system: 'autodesk.construction.bc',
  title: 'BuildingConnected',
  scopes: [
    {
      key: 'companyId',
      label: 'Company id',
      help: 'Your company in BuildingConnected.',
      example: '5f2c1a9d0e4b7c0012345678',
    },
  ],
  events: entries(
    ['companyId'],
    [
      ['bid.created-1.0', 'Bid created'],
      ['opportunity.created-1.0', 'Opportunity created'],
      ['opportunity.status.updated-1.0', 'Opportunity status changed'],
      ['opportunity.comment.created-1.0', 'Opportunity comment written'],
      ['opportunity.comment.updated-1.0', 'Opportunity comment changed'],
      ['opportunity.comment.deleted-1.0', 'Opportunity comment deleted'],
    ],
  ),
};

/** The objects of the Cost API, and what "updated" is limited to where it is narrower than it sounds. */
const costObjects: readonly (readonly [object: string, title: string, updated?: string])[] = [
  ['budget', 'Budget', 'Only code, quantity and unit price.'],
  ['budgetPayment', 'Budget payment', 'Only its status.'],
  ['contract', 'Contract', 'Only its status, or whether it is locked.'],
  ['cor', 'Change order request', 'Only its status.'],
  ['costPayment', 'Cost payment', 'Only its status.'],
  ['expense', 'Expense'],
  ['expenseItem', 'Expense item'],
  ['mainContract', 'Main contract'],
  ['mainContractItem', 'Main contract item'],
  ['oco', 'Owner change order'],
  ['pco', 'Potential change order'],
  ['rfq', 'Request for quotation'],
  ['scheduleOfValue', 'Schedule of values'],
  ['sco', 'Supplier change order'],
  ['segmentValue', 'Segment value'],
];

const cost: System = {
  system: 'autodesk.construction.cost',
  title: 'Cost (ACC, BIM 360)',
  scopes: [
    project,
    {
      key: 'account',
      label: 'Account id',
      help: 'The id of the account, without "b." in front; only for project.initialized-1.0.',
      example: '11111111-2222-4333-8444-555555555555',
      pick: ['hub'],
    },
  ],
  events: [
    ...costObjects.flatMap(([object, title, updated]) =>
      entries(
        ['project'],
        [
          [`${object}.created-1.0`, `${title} created`],
          [`${object}.updated-1.0`, `${title} updated`, updated],
          [`${object}.deleted-1.0`, `${title} deleted`],
        ],
      ),
    ),
    ...entries(['account', 'project'], [['project.initialized-1.0', 'Cost project initialised']]),
  ],
};

export const constructionSystems: readonly System[] = [issues, reviews, buildingConnected, cost];
