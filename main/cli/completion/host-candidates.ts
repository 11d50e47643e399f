import type { ControlClient } from '../../control/index.ts';
import { isPattern } from '../../engine/event-pattern.ts';
import type { Candidate } from './candidates.ts';

/** Sends a request to the host within the time that is left. */
type Ask = ControlClient['ask'];
type List = (ask: Ask) => Promise<readonly Candidate[]>;

/** Milliseconds to wait for the host after the Tab key. */
const timeout = 2_000;
const mostEvents = 50;

/** Loads the candidates of a kind from the host, by the name of the value in the help. */
const lists: Readonly<Record<string, List | undefined>> = {
  connection: async (ask) => (await ask('connections.list', {})).map(({ id, name }) => named(id, name)),
  connector: async (ask) => (await ask('connectors.list', {})).map(({ id, title }) => named(id, title)),
  hook: async (ask) => (await ask('hooks.list', {})).map(({ id, event }) => named(id, event)),
  event: async (ask) =>
    (await ask('events.list', { limit: mostEvents })).events.map(({ id, title }) => named(id, title)),
  backup: async (ask) => (await ask('backups.list', {})).map(({ id, state }) => named(id, state)),
  member: async (ask) => (await ask('team.members', {})).map(({ id, name }) => named(id, name)),
  place: async (ask) => (await ask('sinks.list', {})).map(({ id, name }) => named(id, name)),
};

/** The events of the hooks that belong to this Ringback: it can sign callbacks of these alone. */
const registeredEvents: List = async (ask) => {
  const events = (await ask('hooks.list', {}))
    .filter(({ ours, event }) => ours && !isPattern(event))
    .map(({ event }) => event);
  return [...new Set(events)].map((event) => named(event, ''));
};

const catalogueEvents: List = async (ask) =>
  (await ask('connectors.list', {}))
    .flatMap(({ catalogue }) => catalogue?.systems.flatMap(({ events }) => events) ?? [])
    .map(({ event, title }) => named(event, title));

/** The events to offer, by command; other commands get the newest stored ones. */
const eventNames: ReadonlyMap<string, List> = new Map([
  ['trigger', registeredEvents],
  ['create', catalogueEvents],
]);

type FindHost = (signal: AbortSignal) => Promise<ControlClient | undefined>;

/** The host's candidates for a value of this name; none if no host responds in time. */
export async function hostCandidates(name: string, command: string, find: FindHost): Promise<readonly Candidate[]> {
  const list = name === 'event' ? (eventNames.get(command) ?? lists.event) : lists[name];
  if (!list) return [];
  const signal = AbortSignal.timeout(timeout);
  try {
    const host = await find(signal);
    return host ? await list((method, input) => host.ask(method, input, signal)) : [];
  } catch {
    return [];
  }
}

function named(value: string, description: string): Candidate {
  return { value, description };
}
