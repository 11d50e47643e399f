import { createHash } from 'node:crypto';

export interface CloudFile {
  /** The 22 characters that the lineage and the versions have in common. */
  readonly id: string;
  readonly name: string;
  readonly versions: number;
  /** When versions were created, by number (milliseconds since 1970); a fixed time in the past where absent. */
  readonly times?: ReadonlyMap<number, number>;
}
export interface Folder {
  readonly id: string;
  readonly name: string;
  readonly hidden: boolean;
  readonly folders: readonly Folder[];
  readonly files: readonly CloudFile[];
}
export interface CloudProject {
  readonly id: string;
  readonly name: string;
  readonly rootFolder: string;
  readonly topFolders: readonly Folder[];
  /** "wipprod", or the corresponding part of URNs in another region. */
  readonly place: string;
}
export interface Hub {
  readonly id: string;
  readonly name: string;
  readonly kind: 'bim360:Account' | 'core:Hub' | 'a360:PersonalHub';
  readonly region: string;
  readonly projects: readonly CloudProject[];
}

/** The project of the scenarios, with the files created so far. */
export interface SimulatedProject {
  readonly hubId: string;
  readonly projectId: string;
  readonly projectRoot: string;
  readonly rootFolder: string;
  readonly folder: string;
  readonly files: ReadonlyMap<string, Omit<CloudFile, 'name'>>;
}

/** The hubs for browsing, generated from the seed: all kinds of hubs, one with 450 projects, and a folder with 700 files. */
export function createHubs(simulated: SimulatedProject): readonly Hub[] {
  const make = createMaker(simulated.hubId);
  const europe = make.guid('Example Europe');
  const team = make.token('team');
  const home = make.token('home');
  return [
    {
      id: simulated.hubId,
      name: 'Example Construction',
      kind: 'bim360:Account',
      region: 'US',
      projects: [simulatedProject(simulated, make), make.construction('Bridge'), make.construction('School')],
    },
    {
      id: `b.${europe}`,
      name: 'Example Europe',
      kind: 'bim360:Account',
      region: 'EMEA',
      projects: numbered('Site', 450).map((name) => make.construction(name, 'wipemea')),
    },
    {
      id: `a.${team}`,
      name: 'Sandbox hub',
      kind: 'core:Hub',
      region: 'US',
      projects: [make.design('Loader'), make.design('Gearbox')],
    },
    {
      id: `a.${home}=`,
      name: "Sam's hub",
      kind: 'a360:PersonalHub',
      region: 'US',
      projects: [make.design('My first project')],
    },
  ];
}

function simulatedProject(simulated: SimulatedProject, make: Maker): CloudProject {
  const files = [...simulated.files].map(([name, file]) => ({ name, ...file })).filter(({ versions }) => versions > 0);
  const structural = { id: simulated.folder, name: 'Structural', hidden: false, folders: [], files };
  const archive = make.folder('Archive', [], numbered('Sheet', 700, '.dwg'));
  const inside = [structural, make.folder('Architecture', [make.folder('Facade', [], ['Facade.rvt'])]), archive];
  const main = { id: simulated.rootFolder, name: 'Project Files', hidden: false, folders: inside, files: [] };
  return {
    id: simulated.projectId,
    name: 'Tower',
    rootFolder: simulated.projectRoot,
    topFolders: [...make.technical(simulated.projectId), main],
    place: 'wipprod',
  };
}

type Maker = ReturnType<typeof createMaker>;

function createMaker(seed: string) {
  let made = 0;
  const digest = (name: string) => createHash('sha256').update(`${seed}/${name}`).digest();
  const token = (name: string) => digest(name).subarray(0, 16).toString('base64url');
  const next = () => token(`made ${++made}`);
  const guid = (name: string) =>
    digest(name)
      .toString('hex')
      .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
  const folderId = (place: string) => `urn:adsk.${place}:fs.folder:co.${next()}`;
  const folder = (
    name: string,
    folders: readonly Folder[] = [],
    files: readonly string[] = [],
    { hidden = false, place = 'wipprod' } = {},
  ): Folder => ({
    id: folderId(place),
    name,
    hidden,
    folders,
    files: files.map((file, index) => ({ id: next(), name: file, versions: 1 + (index % 3) })),
  });
  /** Technical folders of the service, which its lists include. */
  const technical = (project: string, place = 'wipprod') => [
    folder(`${project.slice(2)}-root-folder`, [], [], { place }),
    folder('submittals-attachments', [], [], { place, hidden: true }),
  ];
  return {
    token,
    guid,
    folder,
    technical,
    construction(name: string, place = 'wipprod'): CloudProject {
      const id = `b.${guid(name)}`;
      const main = folder('Project Files', [folder('Drawings', [], ['Plan.pdf'], { place })], [], { place });
      return { id, name, rootFolder: folderId(place), topFolders: [...technical(id, place), main], place };
    },
    design(name: string): CloudProject {
      const root = folder(name, [folder('Parts', [], ['Bracket.f3d'])], ['Assembly.f3d']);
      return { id: `a.${token(name)}`, name, rootFolder: root.id, topFolders: [root], place: 'wipprod' };
    },
  };
}

function numbered(word: string, count: number, ending = ''): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${String(index + 1).padStart(3, '0')}${ending}`);
}

/** The folders of a project from its root down; the root is technical and can be requested, too. */
function rootOf({ id, rootFolder, topFolders }: CloudProject): Folder {
  const own = topFolders.find((folder) => folder.id === rootFolder);
  return own ?? { id: rootFolder, name: `${id.slice(2)}-root`, hidden: true, folders: topFolders, files: [] };
}

interface FoundFolder {
  readonly folder: Folder;
  /** Absent for the root folder. */
  readonly parent?: Folder | undefined;
}

/** The folder of that id, at any depth. */
export function findFolder(project: CloudProject, id: string): FoundFolder | undefined {
  return allFolders({ folder: rootOf(project) }).find(({ folder }) => folder.id === id);
}

interface FoundFile {
  readonly file: CloudFile;
  readonly folder: Folder;
}

/** The file of that lineage or version URN, at any depth. */
export function findFile(project: CloudProject, urn: string): FoundFile | undefined {
  const [, id] = /^urn:adsk\.\w+:(?:dm\.lineage:|fs\.file:vf\.)([\w-]+)(?:\?version=\d+)?$/.exec(urn) ?? [];
  for (const { folder } of allFolders({ folder: rootOf(project) })) {
    const file = folder.files.find((one) => one.id === id);
    if (file) return { file, folder };
  }
  return undefined;
}

function allFolders(found: FoundFolder): readonly FoundFolder[] {
  const { folder } = found;
  return [found, ...folder.folders.flatMap((below) => allFolders({ folder: below, parent: folder }))];
}
