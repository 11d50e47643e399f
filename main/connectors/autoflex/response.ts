import type { Answer } from '../http.ts';

/** A response of Autoflex10, unwrapped. */
export interface ServerResponse {
  /** `successCode` where the HTTP status is 2xx, otherwise the HTTP status. */
  readonly status: number;
  /** The status for messages: "HTTP 404", "successCode 404". */
  readonly statusName: string;
  /** Absent where the body has none. */
  readonly successCode?: number;
  /** Milliseconds until the request should be repeated. */
  readonly retry?: number;
  /** The parsed JSON, whatever the content type, also where it is wrapped in a JSON string; otherwise the trimmed text. */
  readonly body: unknown;
  readonly headers: Headers;
}

export function toReply({ status: httpStatus, headers, text }: Answer): ServerResponse {
  const body = bodyOf(text);
  const successCode = toNumber(memberOf(body, 'successCode'));
  const retry = toNumber(memberOf(body, 'retry'));
  const isStatus = successCode !== undefined && successCode >= 100 && successCode <= 599;
  const counts = isStatus && successCode !== httpStatus && httpStatus >= 200 && httpStatus < 300;
  return {
    status: counts ? successCode : httpStatus,
    statusName: counts ? `successCode ${successCode}` : `HTTP ${httpStatus}`,
    ...(isStatus ? { successCode } : {}),
    ...(retry === undefined ? {} : { retry }),
    body,
    headers,
  };
}

export function isSuccess({ status, body }: ServerResponse): boolean {
  return status >= 200 && status < 300 && !isPage(body);
}

/** Whether the result is not ready: a 202 with a time to retry and without a `successCode`. */
export function isPutOff({ status, retry, successCode }: ServerResponse): boolean {
  return status === 202 && retry !== undefined && successCode === undefined;
}

/** Whether it is an HTML page, such as a login or error page, instead of data. */
export function isPage(body: unknown): boolean {
  return typeof body === 'string' && body.startsWith('<');
}

/** The member of an object; undefined where the value is not an object. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bodyOf(text: string): unknown {
  const trimmed = text.trim();
  const body = parsed(trimmed);
  return typeof body === 'string' ? parsed(body.trim()) : body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Accepts numbers as text, too. */
function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
