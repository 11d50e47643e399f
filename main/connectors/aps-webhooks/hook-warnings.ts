import { parseFilter } from '../../callback-filter.ts';
import type { Context, HookRequest } from '../../engine/connector/index.ts';
import type { Message } from '../../engine/messages/index.ts';
import { fields, regionOf } from '../aps/index.ts';
import { catalogue } from './catalogue.ts';
import { webhookMessages } from './messages.ts';
import { filterValue } from './remote-hook.ts';

/** The prefixes of URNs whose region is documented (Webhooks API reference, regions). */
const regionsOfUrns: readonly (readonly [RegExp, string])[] = [
  [/^urn:adsk\.wipemea:/, 'EMEA'],
  [/^urn:adsk\.wipprod:/, 'US'],
];

/** Reasons why the hook may never receive an event: mistakes that Autodesk accepts without an error. */
export function warnings(context: Context, { system, scope, region, filter }: HookRequest): readonly Message[] {
  const found: Message[] = [];
  const present = regionOf(context, region);
  const holding = regionsOfUrns.find(([urn]) => Object.values(scope).some((value) => urn.test(value)))?.[1];
  if (holding !== undefined && holding !== present) {
    found.push(webhookMessages.otherRegion({ holding, region: present }));
  }
  const userOnly = catalogue.systems.find((one) => one.system === system)?.userOnly;
  if (userOnly && (context.settings.kind ?? 'app') === 'app') {
    found.push(webhookMessages.userOnly({ system: system ?? '' }));
  }
  if (filter && passes(filter, Buffer.from('{}')) === undefined) {
    found.push(webhookMessages.unusualFilter());
  }
  return found;
}

/**
 * Whether a callback matches the filter, which is a JsonPath or a JSON array of JsonPaths that must all match;
 * undefined where it cannot be parsed.
 */
export function passes(filter: string, body: Uint8Array): boolean | undefined {
  try {
    const payload = fields(fields(JSON.parse(Buffer.from(body).toString('utf8'))).payload);
    return [filterValue(filter)].flat().every((expression) => parseFilter(expression)(payload));
  } catch {
    return undefined;
  }
}
