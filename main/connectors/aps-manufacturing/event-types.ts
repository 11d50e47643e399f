import type { Context } from '../../engine/connector/index.ts';
import { fields, list, text } from '../aps/index.ts';
import { milestoneCreated } from './catalogue.ts';
import { ask } from './graphql.ts';

/** The events in the endpoint's schema, by introspection; the documented one where the schema does not list them. */
export async function eventTypes(context: Context): Promise<readonly string[]> {
  const { data } = await ask(context, { query: '{ __type(name: "WebhookEventTypeEnum") { enumValues { name } } }' });
  const named = list(fields(data.__type).enumValues).flatMap((value) => text(fields(value), 'name') ?? []);
  return named.length > 0 ? named : [milestoneCreated];
}
