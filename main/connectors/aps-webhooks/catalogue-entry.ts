import type { Catalogue } from '../../engine/connector/index.ts';
import { type Message, messageMembers } from '../../engine/messages/index.ts';
import { catalogueTitles, eventHelp } from './event-titles.ts';
import { scopeTexts, systemTexts } from './system-texts.ts';

export type System = Catalogue['systems'][number];
type Scope = System['scopes'][number];

/** Events that take these scope keys. */
export function entries(scopes: readonly string[], events: readonly string[]): System['events'] {
  return events.map((event) => {
    const title = catalogueTitles[event];
    const help = eventHelp[event.includes('*') ? 'pattern' : event];
    return {
      event,
      scopes: [...scopes],
      ...(title ? messageMembers('title', title) : { title: event }),
      ...(help ? messageMembers('help', help) : {}),
    };
  });
}

/** A system with its title and help. */
export function system(name: keyof typeof systemTexts & string, rest: Omit<System, 'system' | 'title'>): System {
  const help: Message | undefined = (systemTexts as Readonly<Record<string, Message>>)[`${name}.help`];
  return {
    system: name,
    ...messageMembers('title', systemTexts[name]),
    ...(help ? messageMembers('help', help) : {}),
    ...rest,
  };
}

/** A scope key with its label and help, which are those of `name` where other systems use the key differently. */
export function scope(key: string, rest: Pick<Scope, 'example' | 'pick'>, name: string = key): Scope {
  const texts = scopeTexts as Readonly<Record<string, Message>>;
  const label = texts[name];
  const help = texts[`${name}.help`];
  if (!label || !help) throw new TypeError(`The scope ${key} has no texts.`);
  return { key, ...messageMembers('label', label), ...messageMembers('help', help), ...rest };
}
