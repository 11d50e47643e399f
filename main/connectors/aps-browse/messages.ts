import { defineMessages } from '../../engine/messages/index.ts';

type Kind = 'hub' | 'project' | 'folder' | 'file' | 'version';

const said = (detail: string): string => detail && ` Autodesk says: ${detail}`;

/** Messages of browsing. */
export const browseMessages = defineMessages('apsBrowse', {
  noSuchPage: () => 'There is no such page. Open the list again.',
  nothingUnderVersion: () => 'There is nothing under a version.',
  gone: ({ kind }: { kind: Kind }) =>
    `This ${kind} is not there any more, or this account may not see it. Open the level above again.`,
  notList: () => 'The answer is not a list of the Data Management API. Check the base URL.',
  nothingMore: () => 'There is nothing more in this list. Open it again.',
  noSuchPlace: () => 'There is no such place. Open the list again.',
  leftOut: ({ detail }: { detail: string }) => `Autodesk left something out: ${detail}`,
  elsewhere: ({ host }: { host: string }) =>
    `The list goes on at ${host || 'an address that is none'}, to which the sign-in is not sent. The rest is not shown.`,
  tooLong: ({ pages }: { pages: number }) => `The list is longer than ${pages} pages. The rest is not shown.`,
  notProvisioned: ({ client, detail }: { client: string; detail: string }) =>
    `Your client id (${client}) is not provisioned in this account: an administrator adds it under Custom Integrations.${said(detail)}`,
  partlyProvisioned: ({ client, detail }: { client: string; detail: string }) =>
    `Something is left out here. Where an account is missing, your client id (${client}) is not provisioned in it: an administrator adds it under Custom Integrations.${said(detail)}`,
});
