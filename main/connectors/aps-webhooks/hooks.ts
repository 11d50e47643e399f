import type {
  Context,
  HookChange,
  HookDraft,
  HookListing,
  HookReference,
  HookSupport,
  RemoteHook,
} from '../../engine/connector/index.ts';
import { RingbackError, toProblem } from '../../engine/errors.ts';
import { baseUrlOf, call, legOf, regionOf, regions, signIn } from '../aps/index.ts';
import { catalogue } from './catalogue.ts';
import { passes, warnings } from './hook-warnings.ts';
import { webhookMessages } from './messages.ts';
import { cursorOf, filterValue, hookIdOf, toRemoteHook } from './remote-hook.ts';
import { inspect, stamp, systemOf } from './request-rules.ts';

const api = '/webhooks/v1';

export const hooks: HookSupport = {
  ...{ catalogue, inspect, create, list, update, remove, passes, warnings },
  // Webhooks API: quotas are counted for each endpoint, and a new secret takes effect within ten minutes.
  quota: {
    perMinute: { GET: 300, POST: 50, PATCH: 300, DELETE: 300 },
    application: (context) => `${baseUrlOf(context)} ${context.settings.clientId}`,
  },
  secretActivationTime: 10 * 60_000,
};

/** The path of the hooks of one event, and the region. */
interface Endpoint {
  readonly system: string;
  readonly event: string;
  readonly region: string;
}

async function create(context: Context, draft: HookDraft): Promise<RemoteHook> {
  inspect(draft);
  const place = { system: systemOf(draft), event: draft.event, region: regionOf(context, draft.region) };
  const { hook, adopted } = await register(context, place, draft);
  const { secret, installation, filter = null, attribute = {} } = draft;
  // An adopted hook may differ from the requested one.
  const change: HookChange = adopted ? { secret, filter, attribute, installation, status: 'active' } : { secret };
  try {
    // POST does not accept a secret.
    await update(context, hook, change);
  } catch (error) {
    // A hook without a known secret is useless, so it is removed; the error reported is that of the update.
    await remove(context, hook).catch(() => undefined);
    throw error;
  }
  return hook;
}

async function register(
  context: Context,
  place: Endpoint,
  draft: HookDraft,
): Promise<{ hook: RemoteHook; adopted: boolean }> {
  const { callbackUrl, scope, filter, attribute = {}, installation } = draft;
  const bare = bareName(place);
  const answer = await call(context, {
    method: 'POST',
    path: pathOf(place),
    region: place.region,
    json: {
      callbackUrl,
      scope,
      ...(filter ? { filter: filterValue(filter) } : {}),
      hookAttribute: stamp(attribute, installation),
      autoReactivateHook: true,
    },
    expected: bare ? [404, 409] : [409],
  });
  if (answer.status === 404 && bare) return register(context, { ...place, event: bare }, draft);
  const providerId = answer.status === 409 ? undefined : hookIdOf(answer.headers.get('location'));
  const duplicate = providerId ? { providerId, createdAt: context.now() } : await find(context, place, draft);
  const hook: RemoteHook = {
    ...place,
    providerId: duplicate.providerId,
    scope,
    callbackUrl,
    status: 'active',
    owner: legOf(context),
    installation,
    ...(filter ? { filter } : {}),
    ...(Object.keys(attribute).length > 0 ? { attribute } : {}),
    ...(duplicate.createdAt === undefined ? {} : { createdAt: duplicate.createdAt }),
  };
  return { hook, adopted: answer.status === 409 };
}

/** The documentation of BuildingConnected contradicts itself on whether event names end in "-1.0". */
function bareName({ system, event }: Endpoint): string | undefined {
  return system === 'autodesk.construction.bc' && event.endsWith('-1.0') ? event.slice(0, -'-1.0'.length) : undefined;
}

/** The existing hook with the same callback URL and scope. */
async function find(context: Context, place: Endpoint, { callbackUrl, scope }: HookDraft): Promise<RemoteHook> {
  const [[key, value] = []] = Object.entries(scope);
  const all = await pages(context, pathOf(place), place.region);
  const duplicate = all.find((hook) => hook.callbackUrl === callbackUrl && hook.scope[key ?? ''] === value);
  if (duplicate) return duplicate;
  throw new RingbackError('conflict', webhookMessages.notListed());
}

/** Regions listed in parallel: quick, and far below the quota of 300 requests a minute. */
const parallel = 4;

async function list(context: Context): Promise<HookListing> {
  // Wrong credentials are reported once, not for each region.
  await signIn(context);
  const found: RemoteHook[] = [];
  const listed: string[] = [];
  const failures: { region: string; error: unknown }[] = [];
  const waiting = regions.map(({ value }) => value);
  const work = async (): Promise<void> => {
    for (let region = waiting.shift(); region; region = waiting.shift()) {
      try {
        found.push(...(await pages(context, `${api}/hooks`, region)));
        listed.push(region);
      } catch (error) {
        failures.push({ region, error });
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  if (listed.length === 0) throw failures[0]?.error;
  const problems = failures.map(({ region, error }) => {
    const { message, reason } = toProblem(error);
    return { region, message, reason };
  });
  return { hooks: found, problems, regions: listed };
}

/** All hooks of one list and region, from all pages. */
async function pages(context: Context, path: string, region: string): Promise<RemoteHook[]> {
  const found: RemoteHook[] = [];
  const visited = new Set<string>();
  for (let cursor: string | undefined; ; visited.add(cursor)) {
    const query = cursor === undefined ? '' : `?pageState=${encodeURIComponent(cursor)}`;
    const { status, body } = await call(context, { method: 'GET', path: path + query, region });
    if (status === 204) return found;
    const { data, links } = (body ?? {}) as { data?: unknown; links?: { next?: unknown } | null };
    if (!Array.isArray(data)) {
      throw new RingbackError('provider', webhookMessages.noHooks());
    }
    found.push(...data.flatMap((entry) => toRemoteHook(entry, region) ?? []));
    cursor = cursorOf(links?.next);
    if (cursor === undefined || visited.has(cursor)) return found;
  }
}

async function update(context: Context, hook: HookReference, change: HookChange): Promise<void> {
  const json = toPatch(change);
  if (Object.keys(json).length === 0) return;
  await call(context, { method: 'PATCH', ...target(context, hook), json });
}

/** Pausing also disables the automatic reactivation by APS. */
function toPatch({ status, filter, attribute, installation, secret, expiresAt }: HookChange): Record<string, unknown> {
  return {
    ...(status ? { status, autoReactivateHook: status === 'active' } : {}),
    ...(filter === undefined ? {} : { filter: filter === null ? null : filterValue(filter) }),
    ...(attribute === undefined
      ? {}
      : { hookAttribute: installation ? stamp(attribute ?? {}, installation) : attribute }),
    ...(secret === undefined ? {} : { token: secret }),
    ...(expiresAt === undefined ? {} : { hookExpiry: new Date(expiresAt).toISOString() }),
  };
}

async function remove(context: Context, hook: HookReference): Promise<void> {
  await call(context, { method: 'DELETE', ...target(context, hook), expected: [404] });
}

function target(context: Context, hook: HookReference): { path: string; region: string } {
  const region = regionOf(context, hook.region);
  const place = { system: systemOf(hook), event: hook.event, region };
  return { path: `${pathOf(place)}/${encodeURIComponent(hook.providerId)}`, region };
}

function pathOf({ system, event }: Endpoint): string {
  return `${api}/systems/${encodeURIComponent(system)}/events/${encodeURIComponent(event)}/hooks`;
}
