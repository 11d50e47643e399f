import type { Context } from '../../engine/connector/index.ts';
import type { RingbackError } from '../../engine/errors.ts';
import { fields, list, text } from '../aps/index.ts';
import { ask, type GraphqlResponse, NoWebhooksError, refused } from './graphql.ts';
import { manufacturingMessages } from './messages.ts';

/**
 * Resolves where the endpoint has webhooks. Throws NoWebhooksError where it has none or no longer exists, and another
 * error where that could not be determined.
 */
export async function probe(context: Context): Promise<void> {
  const reply = await ask(context, { query: '{ webhooks { results { id } } }' });
  if (Object.keys(fields(reply.data.webhooks)).length > 0) return;
  if (reply.executed) throw refused(reply);
  if (namesNoWebhooks(reply) || !(await offersCreation(context))) {
    throw new NoWebhooksError('absent', manufacturingMessages.noWebhooks());
  }
  throw refused(reply);
}

/** The reason why the endpoint did not execute a request: it has no webhooks, or the error in its response. */
export async function reasonOf(context: Context, reply: GraphqlResponse): Promise<RingbackError> {
  if (reply.executed) return refused(reply);
  try {
    await probe(context);
  } catch (error) {
    if (error instanceof NoWebhooksError) return error;
  }
  return refused(reply);
}

/** Recognizes the message of common GraphQL servers; `offersCreation` covers the others. */
function namesNoWebhooks({ errors }: GraphqlResponse): boolean {
  return errors.some(({ message }) => /Cannot query field ["'](createWebhook|webhooks?)["']/i.test(message));
}

/** Whether the schema has `createWebhook`; true where introspection is disabled. */
async function offersCreation(context: Context): Promise<boolean> {
  const { data } = await ask(context, { query: '{ __schema { mutationType { fields { name } } } }' });
  const mutations = list(fields(fields(data.__schema).mutationType).fields);
  return mutations.length === 0 || mutations.some((field) => text(fields(field), 'name') === 'createWebhook');
}
