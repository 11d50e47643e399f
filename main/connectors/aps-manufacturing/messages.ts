import { defineMessages } from '../../engine/messages/index.ts';

const changes = { paused: 'paused', filter: 'given another filter', attribute: 'given an attribute' };

/** "Milestone V48", or `Milestone "Release A"` for one with a name. */
function titled(milestone: string): string {
  if (milestone === '') return 'Milestone';
  return /^milestone\b/i.test(milestone) ? milestone : `Milestone "${milestone}"`;
}

/** Messages of the Manufacturing Data Model. */
export const manufacturingMessages = defineMessages('apsManufacturing', {
  milestone: ({ milestone, component }: { milestone: string; component: string }) =>
    `${titled(milestone)} of ${component}`,
  notAnnounced: ({ milestones }: { milestones: string }) => `Not announced: you asked for "${milestones}".`,
  endpoint: () => 'GraphQL endpoint',
  endpointHelp: () => 'Version 1 unless you name another one below the base URL; versions 2 and 3 have no webhooks.',
  designs: () => 'Fusion designs (Manufacturing Data Model)',
  designsHelp: () =>
    'A hook watches one component: the root component of a design. It ends after a year and is renewed before.',
  component: () => 'Component',
  componentHelp: () => 'Id of the component to watch, as version 1 of the API gives it.',
  onlyNamed: () => 'Only milestones named',
  onlyNamedHelp: () =>
    'An exact name, a name with * for anything, or a /regular expression/. Others are stored without a notification.',
  milestoneCreated: () => 'Milestone created',
  milestones: ({ count }: { count: number }) => (count === 1 ? '1 milestone' : `${count} milestones`),
  wrongSystem: ({ system }: { system: string }) =>
    `Hooks of the Manufacturing Data Model are of the system "${system}".`,
  wrongEvent: ({ event, example }: { event: string; example: string }) =>
    `"${event}" is no possible event, such as ${example}.`,
  noRegion: () => 'Hooks of the Manufacturing Data Model have no region.',
  noAttribute: () => 'Hooks of the Manufacturing Data Model take no attribute.',
  wrongScope: ({ scope }: { scope: string }) =>
    `Milestone hooks take the scope "component" (and "milestone"), not "${scope}".`,
  noComponent: () => 'Name the component to watch: its id, without blanks.',
  milestoneLength: ({ most }: { most: number }) => `The milestone's name must have 1 to ${most} characters.`,
  noExpression: ({ expression }: { expression: string }) => `"${expression}" is no regular expression.`,
  noSuchPlace: () => 'There is no such place. Open the list again.',
  leftOut: ({ detail }: { detail: string }) => `Autodesk left something out: ${detail}.`,
  notGraphql: () => 'The endpoint does not answer as GraphQL does. Check its address.',
  endpointGone: ({ status }: { status: number }) =>
    `This endpoint is not reachable any more${status === 403 ? ', or not for this app' : ''} (HTTP ${status}).`,
  notAllowed: ({ detail }: { detail: string }) =>
    `Autodesk does not allow this to the account (${detail}). Check its rights.`,
  rejected: ({ detail }: { detail: string }) => `Autodesk rejected the request${detail && `: ${detail}`}.`,
  endpointElsewhere: ({ base }: { base: string }) =>
    `The GraphQL endpoint must lie below the base URL (${base}), which alone gets the sign-in.`,
  listedPartly: ({ detail }: { detail: string }) => `Not every hook could be listed: ${detail}.`,
  noChanges: () => 'This endpoint does not change hooks. Create the hook again and remove this one.',
  fixed: ({ change }: { change: keyof typeof changes }) =>
    `A hook of the Manufacturing Data Model cannot be ${changes[change]}. Remove it and create another one.`,
  noWebhooks: () => 'This endpoint has no webhooks: versions 2 and 3 of the Manufacturing Data Model have none.',
  watchVersions: () =>
    'What works today: every save of a Fusion design makes a version of its file. Watch the folder that holds it.',
});
