import { Router } from 'express';
import type { Tokens } from '../authentication/index.ts';
import type { Behaviour } from '../behaviour.ts';
import { head, required, sendPage } from './answers.ts';
import { folderResource, hubResource, itemResource, projectResource, versionResource } from './resources.ts';
import { addResourceRoutes } from './single-resources.ts';
import { findFile, findFolder, type SimulatedProject } from './tree.ts';
import { createVisibleTree, type VisibleTree } from './visible-tree.ts';

interface DataManagement {
  readonly router: Router;
  /** Makes the folder inaccessible to everyone. */
  deleteFolder(urn: string): void;
}

/** Hubs, projects, folders, files and versions of the Data Management API, as far as browsing uses them. */
export function createDataManagement(project: SimulatedProject, tokens: Tokens, behaviour: Behaviour): DataManagement {
  const deleted = new Set<string>();
  const visible = createVisibleTree(project, tokens, behaviour);
  const router = Router();
  addHubRoutes(router, visible, behaviour);
  addFolderRoutes(router, visible, deleted);
  addResourceRoutes(router, visible, deleted);
  return { router, deleteFolder: (urn) => void deleted.add(urn) };
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
    const folder = required(deleted.has(id) ? undefined : findFolder(project, id)?.folder);
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
    const { file } = required(findFile(project, request.params.item));
    const numbers = Array.from({ length: file.versions }, (_, index) => file.versions - index);
    sendPage(request, response, numbers, (number) => versionResource(project, file, number));
  });
}

/** The example in the specification. */
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
