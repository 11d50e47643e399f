import { z } from 'zod';
import type { RemoteHook } from '../../engine/connector/index.ts';
import { parseTime } from '../aps/index.ts';
import { unstamp } from './request-rules.ts';

const Text = z.string().min(1);
const Optional = Text.optional().catch(undefined);

/** "HookDetails" of the Webhooks API, read tolerantly: what is missing or odd is left out. */
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

/** Undefined where the entry cannot even be named. */
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

/** Several conditions, which must all be met, are shown as a JSON array. */
function filterText(filter: string | readonly string[] | undefined): string | undefined {
  if (typeof filter === 'string' || filter === undefined) return filter;
  return filter.length > 1 ? JSON.stringify(filter) : filter[0];
}

/** The filter as the API takes it: one JsonPath, or an array where one was typed. */
export function filterValue(text: string): string | string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The id is the last segment of the path, whether the address is whole or relative. */
export function hookIdOf(location: string | null): string | undefined {
  const path = location?.split(/[?#]/)[0]?.replace(/(?<!\/)\/+$/, '');
  return path && /\/hooks\/([^/]+)$/.exec(path)?.[1];
}

/** The cursor of the next page out of `links.next`: a path, an address or the bare cursor; never followed as an address. */
export function cursorOf(next: unknown): string | undefined {
  if (typeof next !== 'string' || next.trim() === '') return undefined;
  const [, inQuery] = /[?&]pageState=([^&#]*)/.exec(next) ?? [];
  if (inQuery !== undefined) return decoded(inQuery) || undefined;
  // A bare Base64 cursor may begin with a slash, too.
  return /[?:]|^\/(webhooks|systems|hooks|app)\b/.test(next) ? undefined : decoded(next.trim());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
