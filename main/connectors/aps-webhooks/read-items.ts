import { type Fields, joined, text, words } from '../aps/index.ts';
import type { EventGroup } from './event-group.ts';

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
    const name = words(payload, 'ItemDescription') ?? (urn && nameOf(urn)) ?? `Item ${itemNumber(urn)}`.trim();
    const copy = words(payload, 'NewItemDescription');
    const isClone = event === 'item.clone';
    return {
      title: isClone && copy ? `${copy}: cloned from ${name}` : `${name}: ${happened.get(event) ?? 'changed'}`,
      summary: joined(place(urn)),
      outcome: 'info',
      resource: text(payload, 'NewItemUrn') ?? urn,
      names: [name, copy],
      resourceNames: learnedOf(payload),
    };
  },
};

const happened: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'item.clone': 'cloned',
    'item.create': 'created',
    'item.lock': 'locked',
    'item.release': 'released',
    'item.unlock': 'unlocked',
    'item.update': 'updated',
    'workflow.transition': 'workflow step taken',
  }),
);

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

function place(urn: string | undefined): string | undefined {
  const [, tenant, workspace] = /:tenant\.workspace\.item:([^.:]{1,60})\.(\d+)\.\d+$/.exec(urn ?? '') ?? [];
  return tenant && `${tenant}, workspace ${workspace}`;
}
