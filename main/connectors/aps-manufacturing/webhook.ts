import { z } from 'zod';
import type { RemoteHook } from '../../engine/connector/index.ts';
import { parseTime } from '../aps/index.ts';
import { milestoneCreated, system } from './catalogue.ts';

/** The fields that are queried of each webhook; the secret is never among them. */
export const members = 'id componentId eventType callbackURL filters expiresOn';

const Webhook = z.object({
  id: z.string().min(1),
  componentId: z.string().catch(''),
  eventType: z.string().min(1).catch(milestoneCreated),
  callbackURL: z.string().catch(''),
  filters: z.array(z.string()).nullish().catch(undefined),
  expiresOn: z.unknown().optional(),
});

/** Undefined for an entry that failed. A webhook has no status: one that exists is active. */
export function toRemoteHook(entry: unknown): RemoteHook | undefined {
  const parsed = Webhook.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, componentId, eventType, callbackURL, filters, expiresOn } = parsed.data;
  const filter = filterText(filters ?? []);
  const expiresAt = parseTime(expiresOn);
  return {
    providerId: id,
    system,
    event: eventType,
    scope: componentId ? { component: componentId } : {},
    status: 'active',
    callbackUrl: callbackURL,
    ...(filter ? { filter } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** Several conditions, all of which must match, are shown as a JSON array. */
function filterText(filters: readonly string[]): string | undefined {
  return filters.length > 1 ? JSON.stringify(filters) : filters[0];
}

/** The filter in the form of the API: a list of JsonPaths. */
export function filterList(text: string): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch {
    return [text];
  }
}
