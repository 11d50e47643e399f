import type { Request, Router } from 'express';
import { head, required } from './answers.ts';
import { folderResource, hubResource, itemResource, projectResource, versionResource } from './resources.ts';
import { type CloudFile, type CloudProject, findFile, findFolder } from './tree.ts';
import type { VisibleTree } from './visible-tree.ts';

/** Routes to single resources and to their parents. */
export function addResourceRoutes(router: Router, visible: VisibleTree, deleted: ReadonlySet<string>): void {
  const get = (path: string, find: (request: Request<Record<string, string>>) => Answer): void => {
    router.get(path, (request: Request<Record<string, string>>, response) => {
      response.json({ ...head(request), ...find(request) });
    });
  };
  addHubs(get, visible);
  addFolders(get, visible, deleted);
  addFiles(get, visible);
}

type Get = (path: string, find: (request: Request<Record<string, string>>) => Answer) => void;
interface Answer {
  readonly data: object;
  readonly included?: readonly object[];
}

function addHubs(get: Get, visible: VisibleTree): void {
  const hub = (request: Request<Record<string, string>>) =>
    required(visible.hubs(request).find(({ id }) => id === request.params.hub));
  const projectOf = (request: Request<Record<string, string>>) =>
    required(hub(request).projects.find(({ id }) => id === request.params.project));
  get('/project/v1/hubs/:hub', (request) => ({ data: hubResource(hub(request)) }));
  get('/project/v1/hubs/:hub/projects/:project', (request) => ({
    data: projectResource(hub(request), projectOf(request)),
  }));
  get('/project/v1/hubs/:hub/projects/:project/hub', (request) => {
    projectOf(request);
    return { data: hubResource(hub(request)) };
  });
}

function addFolders(get: Get, visible: VisibleTree, deleted: ReadonlySet<string>): void {
  const found = (request: Request<Record<string, string>>) => {
    const { project: id = '', folder = '' } = request.params;
    const project = visible.project(request, id);
    return { project, ...required(deleted.has(folder) ? undefined : findFolder(project, folder)) };
  };
  get('/data/v1/projects/:project/folders/:folder', (request) => {
    const { project, folder } = found(request);
    return { data: folderResource(project, folder) };
  });
  get('/data/v1/projects/:project/folders/:folder/parent', (request) => {
    const { project, parent } = found(request);
    return { data: folderResource(project, required(parent)) };
  });
}

function addFiles(get: Get, visible: VisibleTree): void {
  const found = (request: Request<Record<string, string>>, urn = '') => {
    const project = visible.project(request, request.params.project ?? '');
    return { project, ...required(findFile(project, urn)) };
  };
  const item = '/data/v1/projects/:project/items/:item';
  const version = '/data/v1/projects/:project/versions/:version';
  get(item, (request) => {
    const { project, folder, file } = found(request, request.params.item);
    return { data: itemResource(project, folder, file), included: [tipOf(project, file)] };
  });
  get(`${item}/tip`, (request) => {
    const { project, file } = found(request, request.params.item);
    return { data: tipOf(project, file) };
  });
  get(`${item}/parent`, (request) => {
    const { project, folder } = found(request, request.params.item);
    return { data: folderResource(project, folder) };
  });
  get(version, (request) => {
    const { project, file } = found(request, request.params.version);
    return { data: versionResource(project, file, required(numberOf(file, request.params.version))) };
  });
  get(`${version}/item`, (request) => {
    const { project, folder, file } = found(request, request.params.version);
    required(numberOf(file, request.params.version));
    return { data: itemResource(project, folder, file), included: [tipOf(project, file)] };
  });
}

function tipOf(project: CloudProject, file: CloudFile): object {
  return versionResource(project, file, file.versions);
}

/** The version number in a version's URN; undefined where the file has no such version. */
function numberOf(file: CloudFile, urn = ''): number | undefined {
  const number = Number(/\?version=(\d+)$/.exec(urn)?.[1]);
  return number >= 1 && number <= file.versions ? number : undefined;
}
