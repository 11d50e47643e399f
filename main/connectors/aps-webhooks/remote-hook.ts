import { z } from 'zod';
import type { RemoteHook } from '../../engine/connector/index.ts';
import { parseTime } from '../aps/index.ts';
import { unstamp } from './request-rules.ts';

const Text = z.string().min(1);
const Optional = Text.optional().catch(undefined);

/** "HookDetails" of the Webhooks API; missing or invalid members are ignored. */
const HookDetails = z.object({
  hookId: Optional,
  system: Optional,
  event: Optional,
  __self__: Optional,
  callbackUrl: z.string().catch(''),
  status: Text.catch('active'),
  scope: z.record(z.string(), z.unknown()).catch({}),
  filter: z
    .union([Text, z.array(z.string())])
    .optional()
    .catch(undefined),
  hookAttribute: z.record(z.string(), z.unknown()).optional().catch(undefined),
  createdDate: z.unknown().optional(),
  hookExpiry: z.unknown().optional(),
  creatorType: z.unknown().optional(),
});

/** Undefined for an entry without an id. */
export function toRemoteHook(entry: unknown, region: string): RemoteHook | undefined {
  const parsed = HookDetails.safeParse(entry);
  if (!parsed.success) return undefined;
  const { callbackUrl, status, createdDate, hookExpiry, creatorType, hookAttribute, ...details } = parsed.data;
  const self = /^\/?systems\/([^/]+)\/events\/([^/]+)\/hooks\/([^/]+)/.exec(details.__self__ ?? '');
  const { system = self?.[1], event = self?.[2], hookId: providerId = self?.[3] } = details;
  if (!system || !event || !providerId) return undefined;
  const { attribute, installation } = unstamp(hookAttribute ?? {});
  const filter = filterText(details.filter);
  const createdAt = parseTime(createdDate);
  const expiresAt = parseTime(hookExpiry);
  const owner = typeof creatorType === 'string' ? owners.get(creatorType) : undefined;
  return {
    providerId,
    system,
    event,
    region,
    scope: Object.fromEntries(Object.entries(details.scope).map(([key, value]) => [key, String(value)])),
    status,
    callbackUrl,
    ...(filter ? { filter } : {}),
    ...(Object.keys(attribute).length > 0 ? { attribute } : {}),
    ...(installation ? { installation } : {}),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(owner === undefined ? {} : { owner }),
  };
}

const owners: ReadonlyMap<string, 'app' | 'user'> = new Map(Object.entries({ Application: 'app', O2User: 'user' }));

/** Several conditions, all of which must match, are shown as a JSON array. */
function filterText(filter: string | readonly string[] | undefined): string | undefined {
  if (typeof filter === 'string' || filter === undefined) return filter;
  return filter.length > 1 ? JSON.stringify(filter) : filter[0];
}

/** The filter in the form of the API: one JsonPath, or an array where one was typed. */
export function filterValue(text: string): string | string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The id of a new hook: the last segment of the Location header, which may be absolute or relative. */
export function hookIdOf(location: string | null): string | undefined {
  const path = location?.split(/[?#]/)[0]?.replace(/(?<!\/)\/+$/, '');
  return path && /\/hooks\/([^/]+)$/.exec(path)?.[1];
}

/** The next page's cursor from `links.next`, which is a path, a URL (never requested) or the cursor itself. */
export function cursorOf(next: unknown): string | undefined {
  if (typeof next !== 'string' || next.trim() === '') return undefined;
  const [, inQuery] = /[?&]pageState=([^&#]*)/.exec(next) ?? [];
  if (inQuery !== undefined) return decoded(inQuery) || undefined;
  // Base64 may start with a slash, too.
  return /[?:]|^\/(webhooks|systems|hooks|app)\b/.test(next) ? undefined : decoded(next.trim());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
