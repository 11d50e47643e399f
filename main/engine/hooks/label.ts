import type { Catalogue } from '../connector/index.ts';
import { hookMessages, type Message, storedMessage } from '../messages/index.ts';

export interface HookNaming {
  readonly system?: string | undefined;
  readonly event: string;
  readonly scope: Readonly<Record<string, string>>;
}

/** The title of a hook, from the catalogue and known names: "File version added · Structural". */
export function hookLabel(
  { system, event, scope }: HookNaming,
  catalogue: Catalogue | undefined,
  nameOf: (resource: string) => string | undefined,
): Message {
  const known = catalogue?.systems.find((one) => one.system === system)?.events.find((one) => one.event === event);
  const scopes = Object.values(scope).map((value) => nameOf(value) ?? shortened(value));
  const title = known ? storedMessage(known.title, known.titleMessage) : event;
  return hookMessages.label({ title, place: scopes.join(' · ') });
}

function shortened(value: string): string {
  return value.length > 40 ? `…${value.slice(-24)}` : value;
}
