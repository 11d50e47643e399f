import { hash } from 'node:crypto';
import type { Delivery, Reading } from '../../engine/connector/index.ts';
import { fits, isPattern } from '../../engine/event-pattern.ts';
import { referenceOf } from '../../engine/messages/index.ts';
import { clean, cloudEventIn, type Fields, fields, readCloudEvent, shortId, text, words } from '../aps/index.ts';
import { catalogue } from './catalogue.ts';
import type { Callback, EventDescription, EventGroup } from './event-group.ts';
import { callbackTitles, eventSummaries, pluralOf } from './event-texts.ts';
import { bids, issues, reviews } from './read-construction.ts';
import { files } from './read-files.ts';
import { folders, operations } from './read-folders.ts';
import { items } from './read-items.ts';
import { models } from './read-models.ts';
import { translations } from './read-translations.ts';

/** All payload shapes, in the order in which a callback without an event name is matched against them. */
const groups: readonly EventGroup[] = [translations, items, operations, models, reviews, issues, bids, folders, files];

/** Parses a callback. Throws where it is not a JSON object; unknown events get a general description. */
export function read(delivery: Delivery): Reading {
  const root: unknown = JSON.parse(new TextDecoder().decode(delivery.body));
  if (!isObject(root)) throw new TypeError('A callback is a JSON object.');
  const cloudEvent = cloudEventIn(root);
  if (cloudEvent) return readCloudEvent(cloudEvent, delivery);
  const envelope = fields(root);
  const hook = fields(envelope.hook);
  // Hooks with the payload only send it with or without the envelope.
  const payload = isObject(envelope.payload) ? envelope.payload : envelope;
  const system = text(hook, 'system') ?? delivery.hook.system;
  const { event, group, hasOtherShape = false } = identify([text(hook, 'event'), delivery.hook.event], system, payload);
  const resource = text(envelope, 'resourceUrn');
  const callback: Callback = {
    event: event === undefined || isPattern(event) ? '' : event.replace(/-\d+(\.\d+)*$/, ''),
    resource,
    payload,
    scope: isObject(hook.scope) ? hook.scope : delivery.hook.scope,
    nameOf: (known) => nonEmpty(clean(delivery.nameOf(known) ?? '', 100)),
    pathOf: (known) => nonEmpty(clean(delivery.pathOf?.(known) ?? '', 300)),
  };
  const described = group ? group.describe(callback) : describeUnknown(callback, event, hasOtherShape);
  return toReading(
    described,
    { event, system: system ?? group?.system, resource: resource ?? described.resource },
    payload,
  );
}

interface Subject {
  readonly event: string | undefined;
  readonly system: string | undefined;
  readonly resource: string | undefined;
}

interface Identity {
  readonly event: string | undefined;
  readonly group: EventGroup | undefined;
  /** The payload does not have the shape of the event's group. */
  readonly hasOtherShape?: boolean;
}

/**
 * Determines the event: by name, or by the payload where no name or only a pattern is given; a pattern that nothing
 * matches is used as the name.
 */
function identify(names: readonly (string | undefined)[], system: string | undefined, payload: Fields): Identity {
  const possible = groups.filter((group) => system === undefined || group.system === system);
  const [named, registered] = names;
  if (named && !isPattern(named)) return { event: named, group: possible.find((group) => group.events.test(named)) };
  // Where only the registration names the event, the payload must have the shape of its group.
  if (registered && !isPattern(registered)) {
    const group = possible.find((one) => one.events.test(registered));
    return {
      event: registered,
      group: group?.recognise(payload) ? group : undefined,
      hasOtherShape: group !== undefined,
    };
  }
  const pattern = names.find(Boolean);
  for (const group of possible) {
    const candidates = group.recognise(payload);
    if (!candidates) continue;
    const event = candidates.find((candidate) => fits(pattern ?? '*', candidate)) ?? onlyFit(group, pattern);
    return { event: event ?? pattern, group };
  }
  return { event: pattern, group: undefined };
}

/** The event of a group that matches the pattern, where exactly one does. */
function onlyFit(group: EventGroup, pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  const fitting = knownEvents(group.system).filter(
    ({ event }) => !isPattern(event) && group.events.test(event) && fits(pattern, event),
  );
  return fitting.length === 1 ? fitting[0]?.event : undefined;
}

function knownEvents(system: string | undefined) {
  return catalogue.systems.filter((known) => known.system === system).flatMap(({ events }) => events);
}

/** Describes a payload of unknown shape by the title in the catalogue or the event name. */
function describeUnknown(
  { resource, payload, nameOf }: Callback,
  event: string | undefined,
  hasOtherShape: boolean,
): EventDescription {
  const isNamed = event !== undefined && !isPattern(event) && !hasOtherShape;
  const known = catalogue.systems.flatMap(({ events }) => events).find((one) => isNamed && one.event === event);
  const id = resource ?? text(payload, 'id', 'urn');
  const own = words(payload, 'name', 'title', 'displayName');
  const name = own ?? (id ? (nameOf(id) ?? shortId(id)) : '');
  return {
    title: isNamed
      ? callbackTitles.known({ event, title: known?.title ?? event, name })
      : callbackTitles.unknown({ event: event ?? '', name }),
    summary: known ? undefined : eventSummaries.unknown(),
    outcome: 'info',
    resource: id,
    names: [own],
  };
}

function toReading(described: EventDescription, { event, system, resource }: Subject, payload: Fields): Reading {
  const { time, outcome = 'info' } = described;
  const names = (described.names ?? []).filter((name) => name !== undefined);
  const resourceNames = (described.resourceNames ?? []).filter((pair): pair is [string, string] =>
    Boolean(pair[0] && pair[1]),
  );
  const plural = pluralOf(event);
  const contentHash = (): string | undefined => digest([event, resource, time ?? null, payload]);
  const identity = described.dated && time !== undefined ? contentHash() : undefined;
  return {
    title: clean(described.title.text, 200),
    titleMessage: referenceOf(described.title),
    outcome,
    ...(system ? { system } : {}),
    ...(event ? { event } : {}),
    ...summaryOf(described),
    ...(plural ? { plural: plural.text, pluralMessage: referenceOf(plural) } : {}),
    ...(described.place ? { place: clean(described.place, 300) } : {}),
    ...(resource ? { resource } : {}),
    ...(names.length > 0 ? { names: [...new Set(names)] } : {}),
    ...(resourceNames.length > 0 ? { resourceNames: Object.fromEntries(resourceNames) } : {}),
    ...(time === undefined ? {} : { time }),
    ...(identity === undefined ? {} : { identity }),
    contentHash,
    ...(identity === undefined ? { recurs: true } : {}),
    ...(described.jobs && described.jobs.length > 0 ? { jobs: described.jobs } : {}),
  };
}

function summaryOf({ summary }: EventDescription): Pick<Reading, 'summary' | 'summaryMessage'> {
  if (!summary) return {};
  if (typeof summary === 'string') return { summary: clean(summary, 500) };
  return summary.text ? { summary: clean(summary.text, 500), summaryMessage: referenceOf(summary) } : {};
}

/**
 * Times have a resolution of one second, so the payload is included: it differs for two changes within one second. The
 * description of the hook is excluded, since it may change between two attempts.
 */
function digest(parts: readonly unknown[]): string | undefined {
  try {
    return hash('sha256', JSON.stringify(parts), 'base64url');
  } catch {
    // Nested too deeply to be serialized.
    return undefined;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nonEmpty(value: string): string | undefined {
  return value || undefined;
}
