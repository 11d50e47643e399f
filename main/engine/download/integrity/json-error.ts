import { sentence } from './sentence.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The server's error text, "" where it gives none; undefined where the text is not an error in JSON. */
export function errorInJson(text: string): string | undefined {
  let value = parsed(text);
  if (typeof value === 'string') value = parsed(value);
  if (value === null || typeof value === 'boolean') return '';
  if (isObject(value)) return errorInFields(value);
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  const errors = items.filter(isObject).map(errorInFields);
  const isError = errors.length === items.length && errors.every((error) => error !== undefined);
  return isError ? sentence(errors) : undefined;
}

/** Whether the text is an object or a list in JSON. */
export function isJsonData(text: string): boolean {
  const value = parsed(text);
  return typeof value === 'object' && value !== null;
}

/** Fields that describe a response and carry no data (RFC 9457 among others). */
const envelope: ReadonlySet<string> = new Set(
  [
    ...[
      'code',
      'detail',
      'details',
      'developerMessage',
      'instance',
      'message',
      'moreInfo',
      'more info',
      'msg',
      'ok',
      'path',
    ],
    ...['reason', 'requestId', 'retry', 'status', 'statusCode', 'statusText', 'success', 'successCode', 'timestamp'],
    ...['title', 'traceId', 'type', 'userMessage'],
  ].map((name) => name.toLowerCase()),
);
/** Fields that say more of a response and may be filled without its data. */
const context: ReadonlySet<string> = new Set([
  'meta',
  'links',
  '_links',
  'jsonapi',
  'extensions',
  'context',
  'request',
]);
const errorFields = ['error', 'errors', 'errormessage', 'errorcode', 'fault', 'exception'] as const;
/** Error fields that data may have, too: they count only where the object holds no data. */
const ambiguousFields: readonly string[] = ['errors', 'fault'];
/** Values of a field for errors that say there is none. */
const noErrors: readonly unknown[] = ['none', 'null', 'false', '0', 'ok'];
const failedStates: readonly unknown[] = ['error', 'fail', 'failed', 'failure', 'fault', 'denied'];
const textFields = [
  ...['message', 'error_description', 'error', 'errormessage', 'developermessage', 'detail', 'title', 'msg', 'reason'],
  ...['faultstring', 'description'],
] as const;
/** All fields of which an error may consist. */
const describing: ReadonlySet<string> = new Set([...envelope, ...context, ...errorFields, ...textFields]);

function errorInFields(object: Fields): string | undefined {
  const fields = new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
  const isEmpty = [...fields].every(([name, value]) => envelope.has(name) && !isFilled(value));
  const hasData = [...fields].some(([name, value]) => !describing.has(name) && holdsValues(value));
  const counting = errorFields.filter((name) => !hasData || !ambiguousFields.includes(name));
  const isError = isEmpty || isFailed(fields, hasData) || counting.some((name) => isGiven(fields.get(name)));
  if (!isError) return undefined;
  const nested = ['error', 'fault', 'data'].map((name) => fields.get(name)).filter(isObject);
  return sentence([...texts(fields), ...nested.flatMap((one) => texts(new Map(Object.entries(one))))]);
}

/** Whether the text is an object that says it is an error, and nothing else. */
export function isErrorAlone(text: string): boolean {
  const value = parsed(text);
  if (!isObject(value)) return false;
  const fields = new Map(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one]));
  const saysError = isFailed(fields, false) || errorFields.some((name) => isGiven(fields.get(name)));
  return saysError && [...fields.keys()].every((name) => describing.has(name));
}

function isFailed(fields: ReadonlyMap<string, unknown>, hasData: boolean): boolean {
  const codes = ['successcode', 'statuscode', ...(hasData ? [] : ['status'])].map((name) => Number(fields.get(name)));
  const flags = ['success', 'ok'].map((name) => String(fields.get(name)).toLowerCase());
  const states = ['status', 'result', 'state'].map((name) => String(fields.get(name)).toLowerCase());
  return (
    codes.some((code) => code >= 400 && code < 1000) ||
    flags.includes('false') ||
    (states.some((state) => failedStates.includes(state)) && ![...fields.values()].some(isFilled))
  );
}

/** Whether it may hold data: a list or an object that is not empty. */
function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Whether it is filled with more than fields that are null. */
function holdsValues(value: unknown): boolean {
  return isFilled(value) && Object.values(Object(value)).some((one) => one !== null);
}

/** Whether a field for errors says that there is one: some servers always send the field, such as an empty list. */
function isGiven(value: unknown): boolean {
  if (typeof value === 'string' && noErrors.includes(value.trim().toLowerCase())) return false;
  return typeof value === 'object' ? isFilled(value) : Boolean(value);
}

function texts(fields: ReadonlyMap<string, unknown>): unknown[] {
  return textFields.map((name) => fields.get(name));
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    return undefined;
  }
}
