/** All ways in which a server might append `id=<uuid>` to a URL, the documented one first. */
export const callbackForms = [
  'query',
  'slash-query',
  'second',
  'second-question',
  'glued',
  'slash',
  'ampersand',
  'semicolon',
  'upper-case',
  'braces',
  'quotes',
  'capital-key',
  'bare',
  'json-body',
  'uuid-body',
  'form-body',
] as const;
type CallbackForm = (typeof callbackForms)[number];

export interface Shaped {
  readonly url: string;
  readonly body?: string;
  readonly type?: string;
}

/** The URL of the callback, unencoded, and its body. */
export function shape(form: CallbackForm, url: string, id: string): Shaped {
  switch (form) {
    case 'json-body':
      return { url, type: 'application/json', body: JSON.stringify({ id }) };
    case 'uuid-body':
      return { url, type: 'application/json', body: JSON.stringify({ uuid: id }) };
    case 'form-body':
      return { url, type: 'application/x-www-form-urlencoded', body: `id=${id}` };
    default:
      return { url: url + added(form, id) };
  }
}

function added(form: Exclude<CallbackForm, `${string}-body`>, id: string): string {
  switch (form) {
    case 'query':
      return `?id=${id}`;
    case 'slash-query':
      return `/?id=${id}`;
    case 'second':
      return `?watch=7&id=${id}`;
    case 'second-question':
      return `?watch=7?id=${id}`;
    case 'glued':
      return `id=${id}`;
    case 'slash':
      return `/id=${id}`;
    case 'ampersand':
      return `&id=${id}`;
    case 'semicolon':
      return `;id=${id}`;
    case 'upper-case':
      return `?id=${id.toUpperCase()}`;
    case 'braces':
      return `?id=%7B${id}%7D`;
    case 'quotes':
      return `?id=%22${id}%22`;
    case 'capital-key':
      return `?ID=${id}`;
    case 'bare':
      return `/${id}`;
  }
}
