import type { BrowseNote, Context } from '../../engine/connector/index.ts';
import { clean, integrationsLink } from '../aps/index.ts';
import type { Warning } from './document.ts';
import { type Listing, mostPages } from './listing.ts';

/** What the user should know about a page that is not whole. */
export function notesOn(context: Context, listing: Listing, top: boolean, last: boolean): readonly BrowseNote[] {
  const { data, warnings, elsewhere } = listing;
  const refused = warnings.filter(isRejection);
  const others = warnings.filter((warning) => !isRejection(warning) && warning.words !== '');
  const isBare = top && data.length === 0 && warnings.length === 0;
  const notes: (BrowseNote | undefined)[] = [
    refused.length > 0 || isBare ? provisioning(context, refused, data.length === 0) : undefined,
    ...others.map(({ words }) => ({ text: `Autodesk left something out: ${clean(words, 300)}` })),
    elsewhere === undefined
      ? undefined
      : {
          text: `The list goes on at ${clean(elsewhere, 100)}, to which the sign-in is not sent. The rest is not shown.`,
        },
    last ? { text: `The list is longer than ${mostPages} pages. The rest is not shown.` } : undefined,
  ];
  return notes.filter((note) => note !== undefined);
}

function isRejection({ status, code }: Warning): boolean {
  return status === '403' || code === 'BIM360DM_ERROR';
}

/** Data Management API: an account answers only applications that its administrator has added. */
function provisioning({ settings }: Context, refused: readonly Warning[], empty: boolean): BrowseNote {
  const id = settings.clientId ?? '';
  const said = clean([...new Set(refused.map(({ words }) => words))].join(' '), 300);
  const quoted = said ? ` Autodesk says: ${said}` : '';
  const text = empty
    ? `Your client id (${id}) is not provisioned in this account: an administrator adds it under Custom Integrations.${quoted}`
    : `Something is left out here. Where an account is missing, your client id (${id}) is not provisioned in it: an administrator adds it under Custom Integrations.${quoted}`;
  return { text, link: integrationsLink.id };
}
