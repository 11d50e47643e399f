import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { ErrorResponse } from '../../http/index.ts';
import type { Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { folderResource, hubResource, itemResource, projectResource, versionResource } from './resources.ts';
import { type CloudProject, createHubs, findFile, findFolder, type Hub, type SimulatedProject } from './tree.ts';

interface DataManagement {
  readonly router: Router;
  /** Makes the folder inaccessible to everyone. */
  deleteFolder(urn: string): void;
}

/** Hubs, projects, folders, files and versions of the Data Management API, as far as browsing needs them. */
export function createDataManagement(project: SimulatedProject, tokens: Tokens, behaviour: Behaviour): DataManagement {
  const deleted = new Set<string>();
  const visible = createVisibleTree(project, tokens, behaviour);
  const router = Router();
  addHubRoutes(router, visible, behaviour);
  addFolderRoutes(router, visible, deleted);
  return { router, deleteFolder: (urn) => void deleted.add(urn) };
}

/** What a caller may see. */
interface VisibleTree {
  hubs(request: Request): readonly Hub[];
  project(request: Request, id: string): CloudProject;
}

function createVisibleTree(simulated: SimulatedProject, tokens: Tokens, behaviour: Behaviour): VisibleTree {
  const hubs = (request: Request): readonly Hub[] => {
    if (!request.accepts(['application/json', 'application/vnd.api+json']))
      throw rejection(406, 'NOT_ACCEPTABLE', 'Not acceptable.');
    const owner = tokens.authorise(request, ['data:read']);
    return createHubs(simulated).filter(({ kind, region }) => {
      if (behaviour.hubs === 'none') return false;
      // Personal hubs belong to a person; an account answers only applications that were added to it.
      return (kind !== 'a360:PersonalHub' || owner.type === 'O2User') && (behaviour.hubs === 'all' || region === 'US');
    });
  };
  return {
    hubs,
    project(request, id) {
      const visible = hubs(request);
      if (!/^[ab]\./.test(id)) throw rejection(400, 'BAD_INPUT', 'The project id must begin with "a." or "b.".');
      return required(visible.flatMap(({ projects }) => projects).find((project) => project.id === id));
    },
  };
}

function addHubRoutes(router: Router, visible: VisibleTree, behaviour: Behaviour): void {
  router.get('/project/v1/hubs', (request, response) => {
    const hubs = visible.hubs(request);
    const warnings = behaviour.hubs === 'all' ? {} : { meta: { warnings: [provisioningWarning] } };
    const isNone = behaviour.hubs === 'none';
    response.status(isNone ? 403 : 200);
    response.json({
      ...(isNone ? { jsonapi: {}, links: {} } : head(request)),
      data: hubs.map(hubResource),
      ...warnings,
    });
  });
  router.get('/project/v1/hubs/:hub/projects', (request, response) => {
    const hub = required(visible.hubs(request).find(({ id }) => id === request.params.hub));
    sendPage(request, response, hub.projects, (project) => projectResource(hub, project));
  });
  router.get('/project/v1/hubs/:hub/projects/:project/topFolders', (request, response) => {
    const { params } = request;
    const project = visible.project(request, params.project);
    const hub = visible.hubs(request).find(({ id }) => id === params.hub);
    required(hub?.projects.find(({ id }) => id === project.id));
    response.json({ ...head(request), data: project.topFolders.map((folder) => folderResource(project, folder)) });
  });
}

function addFolderRoutes(router: Router, visible: VisibleTree, deleted: ReadonlySet<string>): void {
  router.get('/data/v1/projects/:project/folders/:folder/contents', (request, response) => {
    const project = visible.project(request, request.params.project);
    const { folder: id } = request.params;
    const folder = required(deleted.has(id) ? undefined : findFolder(project.topFolders, id));
    sendPage(
      request,
      response,
      [...folder.folders.filter((one) => !deleted.has(one.id)), ...folder.files],
      (entry) => ('files' in entry ? folderResource(project, entry) : itemResource(project, folder, entry)),
      (entry) => ('files' in entry ? [] : [versionResource(project, entry, entry.versions)]),
    );
  });
  router.get('/data/v1/projects/:project/items/:item/versions', (request, response) => {
    const project = visible.project(request, request.params.project);
    const [, lineage = ''] = /^urn:adsk\.\w+:dm\.lineage:([\w-]+)$/.exec(request.params.item) ?? [];
    const file = required(findFile(project.topFolders, lineage));
    const numbers = Array.from({ length: file.versions }, (_, index) => file.versions - index);
    sendPage(request, response, numbers, (number) => versionResource(project, file, number));
  });
}

/** The specification's own example. */
const provisioningWarning = {
  Id: null,
  HttpStatusCode: '403',
  ErrorCode: 'BIM360DM_ERROR',
  Title: 'Unable to get hubs from BIM360DM EMEA.',
  Detail: "You don't have permission to access this API",
  AboutLink: null,
  Source: null,
  meta: null,
};

function sendPage<T>(
  request: Request,
  response: Response,
  all: readonly T[],
  resource: (entry: T) => object,
  included: (entry: T) => readonly object[] = () => [],
): void {
  const number = pageNumber(request, 'page[number]', 0, 0, Number.MAX_SAFE_INTEGER);
  const limit = pageNumber(request, 'page[limit]', 200, 1, 200);
  const start = number * limit;
  const entries = all.slice(start, start + limit);
  const extra = entries.flatMap(included);
  const link = (page: number) => ({ href: `${addressOf(request)}?page%5Bnumber%5D=${page}&page%5Blimit%5D=${limit}` });
  const { links, ...rest } = head(request);
  response.json({
    ...rest,
    links: {
      ...links,
      first: link(0),
      ...(number > 0 && { prev: link(number - 1) }),
      ...(start + limit < all.length && { next: link(number + 1) }),
    },
    data: entries.map(resource),
    ...(extra.length > 0 && { included: extra }),
  });
}

function pageNumber(request: Request, name: string, otherwise: number, least: number, most: number): number {
  const value = request.query[name];
  if (value === undefined) return otherwise;
  const number = /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw rejection(400, 'BAD_INPUT', `${name} is not valid.`);
  return number;
}

function head(request: Request) {
  return {
    jsonapi: { version: '1.0' },
    links: { self: { href: addressOf(request) + request.originalUrl.slice(request.path.length) } },
  };
}

function addressOf(request: Request): string {
  return `http://${request.headers.host}${request.path}`;
}

function required<T>(found: T | undefined): T {
  if (found === undefined) throw rejection(404, 'NOT_FOUND', 'The resource does not exist, or you may not see it.');
  return found;
}

/** The error form of JSON:API. */
function rejection(status: number, code: string, detail: string): ErrorResponse {
  const error = { id: randomUUID(), status: String(status), code, title: 'The request was refused.', detail };
  return new ErrorResponse(status, { jsonapi: { version: '1.0' }, errors: [error] });
}
