import { type Page, pages, type View } from './view.ts';

/** The field of a view whose id is part of its page's path. */
const itemOf: Partial<Record<Page, string>> = { events: 'event', hooks: 'hook', jobs: 'job', backups: 'backup' };

/** The query parameters of each page's address, with the pattern of their values. */
const parametersOf: Record<Page, Readonly<Record<string, RegExp>>> = {
  home: {},
  events: { tab: /^rejected$/, rejection: /^\d{1,15}$/, notification: /^\d{1,15}$/, q: /^.{1,500}$/su },
  hooks: { form: /^hook$/ },
  jobs: { form: /^job$/ },
  backups: {},
  connections: { form: /^connection$/, connector: /^[\w-]{1,100}$/ },
  team: { form: /^(create|invite|join|server)$/ },
  settings: {},
};

/** The address of a view, behind "#": "/events/123?q=outcome:failed". Fields that are not part of an address are omitted. */
export function addressOf(view: View): string {
  const values = view as unknown as Readonly<Record<string, unknown>>;
  const item = values[itemOf[view.page] ?? ''];
  const path = typeof item === 'string' ? `/${view.page}/${encodeURIComponent(item)}` : `/${view.page}`;
  const query = Object.keys(parametersOf[view.page]).flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? `${name}=${queryText(value)}` : [];
  });
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

/** The view at an address; undefined for an unknown one. Invalid parameters are ignored. */
export function viewAt(address: string): View | undefined {
  const [path = '', query = ''] = address.replace(/^#/, '').split('?', 2);
  const [, name, item, ...more] = path.split('/');
  const page = pages.find((each) => each === name);
  if (!page || more.length > 0) return undefined;
  const key = itemOf[page];
  const opened = item === undefined || item === '' ? undefined : decoded(item);
  if (opened !== undefined && (!key || opened === '')) return undefined;
  const given = new URLSearchParams(query);
  const values = Object.entries(parametersOf[page]).flatMap(([parameter, allowed]) => {
    const value = given.get(parameter);
    return value !== null && allowed.test(value) ? [[parameter, value] as const] : [];
  });
  return { page, ...(key && opened ? { [key]: opened } : {}), ...Object.fromEntries(values) } as View;
}

/** Encodes only characters that would end the value, so that the address stays readable. */
function queryText(value: string): string {
  return encodeURIComponent(value)
    .replace(/%(3A|2C|2F|2A)/g, decodeURIComponent)
    .replaceAll('%20', '+');
}

/** Empty where the encoding is invalid. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
