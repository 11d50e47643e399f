import type { BrowseNote, Context } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { clean, integrationsLink } from '../aps/index.ts';
import type { Warning } from './document.ts';
import { type Listing, mostPages } from './listing.ts';
import { browseMessages } from './messages.ts';

/** Notes for the user on a page from which something is missing. */
export function notesOn(context: Context, listing: Listing, top: boolean, last: boolean): readonly BrowseNote[] {
  const { data, warnings, elsewhere } = listing;
  const refused = warnings.filter(isRejection);
  const others = warnings.filter((warning) => !isRejection(warning) && warning.words !== '');
  const isBare = top && data.length === 0 && warnings.length === 0;
  const notes: (BrowseNote | undefined)[] = [
    refused.length > 0 || isBare ? provisioning(context, refused, data.length === 0) : undefined,
    ...others.map(({ words }) => messageMembers('text', browseMessages.leftOut({ detail: clean(words, 300) }))),
    elsewhere === undefined
      ? undefined
      : messageMembers('text', browseMessages.elsewhere({ host: clean(elsewhere, 100) })),
    last ? messageMembers('text', browseMessages.tooLong({ pages: mostPages })) : undefined,
  ];
  return notes.filter((note) => note !== undefined);
}

function isRejection({ status, code }: Warning): boolean {
  return status === '403' || code === 'BIM360DM_ERROR';
}

/** Data Management API: an account is visible only to applications that its administrator has added. */
function provisioning({ settings }: Context, refused: readonly Warning[], empty: boolean): BrowseNote {
  const id = settings.clientId ?? '';
  const said = clean([...new Set(refused.map(({ words }) => words))].join(' '), 300);
  const message = empty ? browseMessages.notProvisioned : browseMessages.partlyProvisioned;
  return { ...messageMembers('text', message({ client: id, detail: said })), link: integrationsLink.id };
}
