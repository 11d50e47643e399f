import type { Answer } from '../http.ts';

/** What Autoflex10 answered, however it was wrapped. */
export interface ServerResponse {
  /** `successCode` where HTTP itself says success, else HTTP's. */
  readonly status: number;
  /** The same for people: "HTTP 404", "successCode 404". */
  readonly statusName: string;
  /** Absent where the body names none. */
  readonly successCode?: number;
  /** Milliseconds until it wants to be asked again. */
  readonly retry?: number;
  /** JSON whatever its content type says, also inside a JSON string; else the trimmed text. */
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

/** 202 with a time to ask again, and nothing accepted. */
export function isPutOff({ status, retry, successCode }: ServerResponse): boolean {
  return status === 202 && retry !== undefined && successCode === undefined;
}

/** A login page or an error page where data was expected. */
export function isPage(body: unknown): boolean {
  return typeof body === 'string' && body.startsWith('<');
}

/** The member of an object; undefined for anything else. */
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

/** Numbers may arrive as text. */
function toNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
