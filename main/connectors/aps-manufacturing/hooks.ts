import type {
  Context,
  HookChange,
  HookDraft,
  HookListing,
  HookReference,
  HookSupport,
  RemoteHook,
} from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { problemMembers, withCause } from '../../engine/messages/index.ts';
import { fields, list as listOf, text } from '../aps/index.ts';
import { catalogue, inspect } from './catalogue.ts';
import { eventTypes } from './event-types.ts';
import { ask, type GraphqlResponse, NoWebhooksError, refused } from './graphql.ts';
import { manufacturingMessages } from './messages.ts';
import { reasonOf } from './probe.ts';
import { filterList, members, toRemoteHook } from './webhook.ts';

export const hooks: HookSupport = { catalogue, events: eventTypes, inspect, create, list, update, remove };

/** The longest lifetime in the documentation, in milliseconds; the engine renews a hook earlier. */
const lifetime = 365 * 24 * 3600_000;
/** Milliseconds for the only attempt of a request that must not be repeated. */
const timeout = 30_000;

/** The API cannot store the id of the installation: hooks of Ringback are recognized by their callback URL. */
async function create(context: Context, draft: HookDraft): Promise<RemoteHook> {
  inspect(draft);
  const { callbackUrl, event, scope, secret, filter } = draft;
  const expiresAt = context.now() + lifetime;
  const reply = await ask(context, {
    query: `mutation CreateWebhook(
        $componentId: ID!, $eventType: WebhookEventTypeEnum!, $callbackURL: String!,
        $filters: [String!], $expiresOn: DateTime, $secretToken: String
      ) {
        createWebhook(webhook: {
          componentId: $componentId, eventType: $eventType, callbackURL: $callbackURL,
          filters: $filters, expiresOn: $expiresOn, secretToken: $secretToken
        }) { ${members} }
      }`,
    variables: {
      componentId: scope.component,
      eventType: event,
      callbackURL: callbackUrl,
      filters: filter ? filterList(filter) : undefined,
      expiresOn: new Date(expiresAt).toISOString(),
      secretToken: secret,
    },
    secret,
    once: timeout,
  });
  const made = toRemoteHook(reply.data.createWebhook);
  if (!made) throw await reasonOf(context, reply);
  return { expiresAt, ...made, scope, callbackUrl, createdAt: context.now() };
}

async function list(context: Context): Promise<HookListing> {
  const found: RemoteHook[] = [];
  const problems: Omit<HookListing['problems'][number], 'region'>[] = [];
  const visited = new Set<string>();
  for (let cursor: string | undefined; ; visited.add(cursor)) {
    const reply = await page(context, cursor);
    const { results, pagination } = fields(reply.data.webhooks);
    if (!Array.isArray(results) && found.length === 0) throw await reasonOf(context, reply);
    found.push(...listOf(results).flatMap((entry) => toRemoteHook(entry) ?? []));
    problems.push(
      ...reply.errors.map(({ message }) => problemMembers(manufacturingMessages.listedPartly({ detail: message }))),
    );
    cursor = text(fields(pagination), 'cursor');
    if (cursor === undefined || visited.has(cursor) || !Array.isArray(results)) break;
  }
  // An incomplete list names no region, so that a hook missing from it does not count as removed.
  return { hooks: found, problems, ...(problems.length > 0 ? { regions: [] } : {}) };
}

const unpaged = 'webhooks come in one piece';

/** Paging is not documented: where the endpoint rejects the cursor, the list is requested without it. */
async function page(context: Context, cursor: string | undefined): Promise<GraphqlResponse> {
  const whole = `query Webhooks { webhooks { results { ${members} } } }`;
  if (context.memory.has(unpaged)) return ask(context, { query: whole });
  const paged = await ask(
    context,
    cursor === undefined
      ? { query: `query Webhooks { webhooks { pagination { cursor } results { ${members} } } }` }
      : {
          query: `query Webhooks($cursor: String) {
            webhooks(pagination: { cursor: $cursor }) { pagination { cursor } results { ${members} } }
          }`,
          variables: { cursor },
        },
  );
  if (paged.executed || cursor !== undefined) return paged;
  const reply = await ask(context, { query: whole });
  if (reply.executed) context.memory.set(unpaged, true);
  return reply;
}

/**
 * Changes the secret and the expiry, which is all that the API can change. Throws where the endpoint cannot do that
 * either; a new hook is then needed.
 */
async function update(context: Context, hook: HookReference, change: HookChange): Promise<void> {
  const { providerId } = hook;
  const { status, filter, attribute, secret, expiresAt } = change;
  if (status === 'inactive') throw fixed('paused');
  if (filter !== undefined && !hasFilter(hook, filter)) throw fixed('filter');
  if (Object.keys(attribute ?? {}).length > 0) throw fixed('attribute');
  if (secret === undefined && expiresAt === undefined) return;
  const reply = await ask(context, {
    query: `mutation UpdateWebhook($id: ID!, $expiresOn: DateTime, $secretToken: String) {
        updateWebhook(webhook: { id: $id, expiresOn: $expiresOn, secretToken: $secretToken }) { id expiresOn }
      }`,
    variables: {
      id: providerId,
      expiresOn: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString(),
      secretToken: secret,
    },
    secret,
  });
  if (text(fields(reply.data.updateWebhook), 'id') !== undefined) return;
  const reason = await reasonOf(context, reply);
  if (reply.executed || reason instanceof NoWebhooksError) throw reason;
  throw new RingbackError('provider', withCause(manufacturingMessages.noChanges(), reason));
}

/** Whether the hook is known to have exactly that filter. */
function hasFilter(hook: HookReference | RemoteHook, filter: string | null): boolean {
  return 'callbackUrl' in hook && (hook.filter ?? null) === filter;
}

function fixed(change: 'paused' | 'filter' | 'attribute'): RingbackError {
  return new RingbackError('invalid-input', manufacturingMessages.fixed({ change }));
}

async function remove(context: Context, { providerId }: HookReference): Promise<void> {
  const reply = await ask(context, {
    query: 'mutation DeleteWebhook($webhookId: String!) { deleteWebhook(webhookId: $webhookId) }',
    variables: { webhookId: providerId },
  });
  if (reply.errors.length === 0) return;
  const { hooks: left, regions } = await list(context);
  if (regions !== undefined || left.some((hook) => hook.providerId === providerId)) throw refused(reply);
}
