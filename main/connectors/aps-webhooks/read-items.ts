import { type Fields, text, words } from '../aps/index.ts';
import type { EventGroup } from './event-group.ts';
import { callbackTitles, called, eventSummaries } from './event-texts.ts';

/** Fusion Manage. The payload has no time, and different updates can have equal bodies. */
export const items: EventGroup = {
  system: 'adsk.flc.production',
  events: /^(item\.(clone|create|lock|release|unlock|update)|workflow\.transition)$/,
  recognise(payload) {
    if (payload.ItemUrn === undefined) return undefined;
    return payload.NewItemUrn === undefined ? [] : ['item.clone'];
  },
  describe({ event, resource, payload, nameOf }) {
    const urn = text(payload, 'ItemUrn') ?? resource;
    const own = words(payload, 'ItemDescription') ?? (urn ? nameOf(urn) : undefined);
    const name = { name: own ?? '', id: itemNumber(urn) };
    const copy = words(payload, 'NewItemDescription');
    const isClone = event === 'item.clone';
    return {
      title:
        isClone && copy
          ? callbackTitles.clonedItem({ ...name, copy })
          : callbackTitles.item({ ...name, change: event }),
      summary: place(urn),
      outcome: 'info',
      resource: text(payload, 'NewItemUrn') ?? urn,
      names: [called('Item', name), copy],
      resourceNames: learnedOf(payload),
    };
  },
};

function learnedOf(payload: Fields): (readonly [string | undefined, string | undefined])[] {
  return [
    [text(payload, 'ItemUrn'), words(payload, 'ItemDescription')],
    [text(payload, 'NewItemUrn'), words(payload, 'NewItemDescription')],
  ];
}

/** The last number of a URN such as `urn:adsk.plm:tenant.workspace.item:TENANT.57.10342`. */
function itemNumber(urn: string | undefined): string {
  return /\.(\d+)$/.exec(urn ?? '')?.[1] ?? '';
}

function place(urn: string | undefined) {
  const [, tenant, workspace = ''] = /:tenant\.workspace\.item:([^.:]{1,60})\.(\d+)\.\d+$/.exec(urn ?? '') ?? [];
  return tenant === undefined ? undefined : eventSummaries.item({ tenant, workspace });
}
