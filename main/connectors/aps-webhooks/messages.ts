import { defineMessages } from '../../engine/messages/index.ts';

/** Messages of webhooks of Autodesk Platform Services. */
export const webhookMessages = defineMessages('apsWebhooks', {
  region: () => 'Region',
  regionHelp: () =>
    'Where new hooks are stored unless you say otherwise: the region that holds the data. All regions are listed.',
  signingSecret: () => 'Signing secret of the app',
  signingSecretHelp: () =>
    'Only if you have set one for the whole app yourself (POST /tokens). Hooks created here get a secret of their own.',
  newVersions: ({ count }: { count: number }) => (count === 1 ? '1 new version' : `${count} new versions`),
  wrongSystemName: ({ name }: { name: string }) => `"${name}" is no possible system name.`,
  wrongEventName: ({ name }: { name: string }) => `"${name}" is no possible event name.`,
  wrongRegion: ({ region, regions }: { region: string; regions: string }) =>
    `There is no region "${region}". Use one of ${regions}.`,
  systemMissing: ({ event, example }: { event: string; example: string }) =>
    `Name the system of the event "${event}" too, for example ${example}.`,
  oneScope: () => 'A hook needs exactly one scope key with its value.',
  emptyScope: ({ scope }: { scope: string }) => `The scope "${scope}" has no value.`,
  wrongScope: ({ system, event, ...scopes }: { system: string; event: string; scope: string; allowed: string }) =>
    `Hooks of ${system} for ${event} take the scope ${oneOf(scopes.allowed)}, not "${scopes.scope}".`,
  wrongWorkflow: () => 'A workflow id has up to 36 letters, digits and hyphens (up to 35 where there are dots in it).',
  noObject: () => 'The attribute must be a JSON object.',
  reservedMember: ({ member }: { member: string }) =>
    `The attribute must not have a member "${member}"; Ringback marks its hooks there.`,
  longAttribute: ({ bytes, most }: { bytes: number; most: number }) =>
    `The attribute is too long: with Ringback's mark it has ${bytes} bytes, and must stay under ${most}.`,
  notListed: () =>
    'Autodesk says this hook exists, yet does not list it. It may belong to another owner; refresh the list and try again.',
  noHooks: () => 'Autodesk answered with something that is not a list of hooks. Try again later.',
  otherRegion: ({ holding, region }: { holding: string; region: string }) =>
    `What it watches is stored in region ${holding}, the hook in ${region}. Create it again in ${holding}.`,
  userOnly: ({ system }: { system: string }) =>
    `${system} calls hooks of a signed-in user only. Use a connection with your own sign-in.`,
  unusualFilter: () =>
    'Its filter is not written as the guide writes filters, $[?(…)]; Autodesk may never find it to match.',
  projectUnknown: () => 'It is not known here to which project its folder belongs. Open the folder once by "Pick…".',
  folderTooLarge: () => 'The folder is too large to be searched whole; its newest parts were.',
  onlyVersions: () => 'New versions were requested; Autodesk cannot be queried for other changes.',
  noTranslationList: () => 'Autodesk has no list of finished translations; those started here were checked.',
  noPublishingList: () =>
    'Autodesk has no list of publishing; a hook on the new versions of the folder is notified of its end.',
  cannotAsk: ({ event }: { event: string }) => `Autodesk cannot be queried for missed events of the kind ${event}.`,
});

/** Joins keys for a sentence: "folder" or "project". */
function oneOf(keys: string): string {
  return keys
    .split(', ')
    .map((key) => `"${key}"`)
    .join(' or ');
}
