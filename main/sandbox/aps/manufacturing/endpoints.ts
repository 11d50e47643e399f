import { type Request, Router } from 'express';
import { type ExecutionResult, GraphQLError, type GraphQLSchema, graphql } from 'graphql';
import { z } from 'zod';
import { ErrorResponse, gatewayBody, parseJson } from '../../http/index.ts';
import type { Owner, Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import type { MilestoneHook, MilestoneHooks, WebhookInput } from './hooks.ts';
import { createLaterSchema, createSchema } from './schema.ts';
import { componentsOf, type Folder, type Hub, itemsBelow, type Project } from './tree.ts';

const Question = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** The data behind the endpoints. */
interface ManufacturingData {
  readonly hubs: readonly Hub[];
  readonly hooks: MilestoneHooks;
  /** Ids of webhooks for which listing returns an error. */
  readonly broken: ReadonlySet<string>;
}

/** The GraphQL endpoints of the Manufacturing Data Model: version 1 with webhooks, versions 2 and 3 without. */
export function createManufacturingEndpoints(parts: ManufacturingData, tokens: Tokens, behaviour: Behaviour): Router {
  const router = Router();
  const later = createLaterSchema();
  let current: { readonly options: string; readonly schema: GraphQLSchema } | undefined;
  const schemaNow = (): GraphQLSchema => {
    const options = { paged: behaviour.webhooksPaged, renewable: behaviour.webhooksRenewable };
    const written = JSON.stringify(options);
    if (current?.options !== written) current = { options: written, schema: createSchema(options) };
    return current.schema;
  };
  const ask = async (request: Request, schema: GraphQLSchema): Promise<ExecutionResult> => {
    const owner = tokens.authorise(request, ['data:read']);
    const { query, variables, operationName } = parseJson(request, Question, (status, detail) => {
      return new ErrorResponse(status, { errors: [{ message: detail }] });
    });
    if (/\bmutation\b/.test(query)) tokens.authorise(request, ['data:read', 'data:write', 'data:create']);
    if (behaviour.manufacturingUserOnly && owner.type === 'Application') {
      throw new ErrorResponse(403, gatewayBody('AUTH-010', 'A token of a user is needed.'));
    }
    return graphql({
      schema,
      source: query,
      rootValue: createRoot(parts, owner, behaviour),
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
  };

  router.post('/fusiondata/2022-04/graphql', async (request, response) => {
    if (behaviour.manufacturing === 'gone') {
      throw new ErrorResponse(404, { developerMessage: 'The requested resource does not exist.' });
    }
    response.json(await ask(request, schemaNow()));
  });
  router.post(['/mfg/graphql', '/mfg/v3/graphql/public'], async (request, response) => {
    const result = await ask(request, later);
    response.status(result.data ? 200 : 400).json(result);
  });
  return router;
}

interface Paging {
  readonly pagination?: { readonly cursor?: string | null; readonly limit?: number | null } | null;
}
interface Named extends Paging {
  readonly filter?: { readonly name?: string | null } | null;
}

/** The resolvers of the root fields, for one caller. */
function createRoot(
  { hubs, hooks, broken }: ManufacturingData,
  owner: Owner,
  { pageSize, webhooksPaged }: Behaviour,
): object {
  const pages = <T>(all: readonly T[], { pagination }: Paging) => {
    const start = Number(pagination?.cursor ?? 0);
    const size = pagination?.limit ?? pageSize;
    const next = start + size < all.length ? String(start + size) : null;
    return { pagination: { cursor: next, pageSize: size }, results: all.slice(start, start + size) };
  };
  const named = <T extends { readonly name: string }>(all: readonly T[], { filter, ...paging }: Named) =>
    pages(
      all.filter(({ name }) => filter?.name == null || name === filter.name),
      paging,
    );
  const showFolder = (folder: Folder): object => ({
    ...folder,
    items: (given: Named) => {
      const page = named(folder.children, given);
      return { ...page, results: page.results.map((item) => ('children' in item ? showFolder(item) : item)) };
    },
  });
  const showProject = (project: Project): object => ({ ...project, rootFolder: showFolder(project.root) });
  const listProjects = (hub: Hub, given: Named): object => {
    const page = named(hub.children, given);
    return { ...page, results: page.results.map(showProject) };
  };
  const projects = hubs.flatMap(({ children }) => children);
  const projectOf = (id: string): Project => projects.find((project) => project.id === id) ?? missing('Project');
  const showHook = (hook: MilestoneHook): object => (broken.has(hook.id) ? failure() : hook);
  return {
    hubs: (given: Named) => {
      const page = named(hubs, given);
      const shown = page.results.map((hub) => ({ ...hub, projects: (inner: Named) => listProjects(hub, inner) }));
      return { ...page, results: shown };
    },
    projects: ({ hubId, ...given }: Named & { hubId: string }) =>
      listProjects(hubs.find(({ id }) => id === hubId) ?? missing('Hub'), given),
    project: ({ projectId }: { projectId: string }) => showProject(projectOf(projectId)),
    item({ projectId, itemId }: { projectId: string; itemId: string }) {
      const item = itemsBelow(projectOf(projectId).root).find(({ id }) => id === itemId) ?? missing('Item');
      return 'children' in item ? showFolder(item) : item;
    },
    component: ({ componentId }: { componentId: string }) =>
      componentsOf(hubs).find(({ id }) => id === componentId) ?? missing('Component'),
    webhooks: (given: Paging) => {
      const all = hooks.of(owner);
      const page = webhooksPaged ? pages(all, given) : { results: all };
      return { ...page, results: page.results.map(showHook) };
    },
    webhook: ({ webhookId }: { webhookId: string }) => hooks.byId(owner, webhookId),
    createWebhook({ webhook }: { webhook: WebhookInput }) {
      if (!componentsOf(hubs).some(({ id }) => id === webhook.componentId)) missing('Component');
      return hooks.add(owner, webhook);
    },
    updateWebhook: ({ webhook }: { webhook: { id: string } }) => hooks.change(owner, webhook),
    deleteWebhook: ({ webhookId }: { webhookId: string }) => hooks.remove(owner, webhookId),
  };
}

function missing(what: string): never {
  throw new GraphQLError(`${what} not found.`, { extensions: { code: 'NOT_FOUND' } });
}

function failure(): GraphQLError {
  return new GraphQLError('The webhook could not be read.', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}
