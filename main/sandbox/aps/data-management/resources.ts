import type { CloudFile, CloudProject, Folder, Hub } from './tree.ts';

/** The resources of the Data Management API in the form of its specification. */

export function hubResource(hub: Hub): object {
  const self = `/project/v1/hubs/${encodeURIComponent(hub.id)}`;
  const isFusion = hub.id.startsWith('a.');
  return {
    type: 'hubs',
    id: hub.id,
    attributes: { name: hub.name, extension: extension(`hubs:autodesk.${hub.kind}`), region: hub.region },
    relationships: {
      projects: { links: { related: { href: `${self}/projects` } } },
      ...(isFusion && { pimCollection: { data: { type: 'collection', id: `co.${hub.id.slice(2, 22)}` } } }),
    },
    links: { self: { href: self } },
  };
}

export function projectResource(hub: Hub, project: CloudProject): object {
  const self = `/project/v1/hubs/${encodeURIComponent(hub.id)}/projects/${encodeURIComponent(project.id)}`;
  const isConstruction = project.id.startsWith('b.');
  const type = `projects:autodesk.${isConstruction ? 'bim360' : 'core'}:Project`;
  return {
    type: 'projects',
    id: project.id,
    attributes: {
      name: project.name,
      scopes: ['global'],
      extension: extension(type, isConstruction ? { projectType: 'ACC' } : {}),
    },
    relationships: {
      hub: { data: { type: 'hubs', id: hub.id } },
      rootFolder: { data: { type: 'folders', id: project.rootFolder } },
      topFolders: { links: { related: { href: `${self}/topFolders` } } },
    },
    links: { self: { href: self } },
  };
}

export function folderResource(project: CloudProject, { id, name, hidden, folders, files }: Folder): object {
  const self = `/data/v1/projects/${encodeURIComponent(project.id)}/folders/${encodeURIComponent(id)}`;
  return {
    type: 'folders',
    id,
    attributes: {
      name,
      displayName: name,
      ...authorship(1),
      objectCount: folders.length + files.length,
      hidden,
      extension: extension('folders:autodesk.bim360:Folder'),
    },
    relationships: { contents: { links: { related: { href: `${self}/contents` } } } },
    links: { self: { href: self } },
  };
}

export function itemResource(project: CloudProject, folder: Folder, file: CloudFile): object {
  const id = lineageUrn(project, file);
  const self = `/data/v1/projects/${encodeURIComponent(project.id)}/items/${encodeURIComponent(id)}`;
  return {
    type: 'items',
    id,
    attributes: {
      displayName: file.name,
      ...authorship(file.versions, file),
      hidden: false,
      reserved: false,
      extension: extension('items:autodesk.bim360:File', { sourceFileName: file.name }),
    },
    relationships: {
      tip: { data: { type: 'versions', id: versionUrn(project, file, file.versions) } },
      versions: { links: { related: { href: `${self}/versions` } } },
      parent: { data: { type: 'folders', id: folder.id } },
    },
    links: { self: { href: self } },
  };
}

export function versionResource(project: CloudProject, file: CloudFile, number: number): object {
  const id = versionUrn(project, file, number);
  const ending = file.name.slice(file.name.lastIndexOf('.') + 1);
  return {
    type: 'versions',
    id,
    attributes: {
      name: file.name,
      displayName: file.name,
      ...authorship(number, file),
      versionNumber: number,
      mimeType: 'application/octet-stream',
      fileType: ending,
      storageSize: 18_350_080 + number,
      extension: extension('versions:autodesk.bim360:File'),
    },
    relationships: {
      item: { data: { type: 'items', id: lineageUrn(project, file) } },
      storage: { data: { type: 'objects', id: `urn:adsk.objects:os.object:wip.dm.prod/${file.id}.${ending}` } },
      derivatives: { data: { type: 'derivatives', id: Buffer.from(id).toString('base64url') } },
    },
    links: { self: { href: `/data/v1/projects/${encodeURIComponent(project.id)}/versions/${encodeURIComponent(id)}` } },
  };
}

function lineageUrn({ place }: CloudProject, { id }: CloudFile): string {
  return `urn:adsk.${place}:dm.lineage:${id}`;
}

function versionUrn({ place }: CloudProject, { id }: CloudFile, number: number): string {
  return `urn:adsk.${place}:fs.file:vf.${id}?version=${number}`;
}

function extension(type: string, data: object = {}): object {
  const href = `/schema/v1/versions/${encodeURIComponent(type)}-1.0`;
  return { type, version: '1.0', schema: { href }, data };
}

/** Each version is a day younger than the previous one. */
function authorship(number: number, file?: CloudFile): object {
  const time = new Date(file?.times?.get(number) ?? Date.UTC(2026, 0, 5 + number, 9)).toISOString();
  const person = { createUserId: 'A1B2C3D4E5F6', createUserName: 'Sam Example' };
  return { createTime: time, ...person, lastModifiedTime: time, lastModifiedUserName: 'Sam Example' };
}
