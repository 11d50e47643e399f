import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What the deb and the rpm have in common. */

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly homepage: string;
  readonly author: { readonly name: string; readonly email: string };
}

export interface LinuxBuild {
  /** The unpacked application. */
  readonly application: string;
  /** The folder the package is written to. */
  readonly output: string;
  /** The root of the project. */
  readonly root: string;
  /** The release time, given by the caller so that a build can be reproduced. */
  readonly date: Date;
}

/** The members that both installer classes share. */
interface Installer {
  readonly options: { readonly packagePaths: readonly string[] };
  generateDefaults(): Promise<object>;
  generateOptions(): unknown;
  generateScripts?(): Promise<unknown>;
  createStagingDir(): Promise<void>;
  createContents(): Promise<void>;
  createPackage(): Promise<void>;
  movePackage(): Promise<void>;
}

const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const;

/** Lines of at most 80 characters, as lintian wants them. */
const linuxDescription = `Registers webhooks for long jobs in the cloud, receives their callbacks on
this computer through a tunnel, verifies and stores each one and shows a
notification when a job is finished. Makes and checks backups on a schedule.`;

export function readPackage(root: string): Package {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package;
}

/** Icon files by size, in the form the installers expect. */
function linuxIcons(root: string): Readonly<Record<string, string>> {
  const sizes = iconSizes.map((size) => [`${size}x${size}`, join(root, `build/icons/${size}x${size}.png`)]);
  return { ...Object.fromEntries(sizes), scalable: join(root, 'build/icon.svg') };
}

/** The version as dpkg and rpm compare it: 0.3.0~beta.1 comes before 0.3.0, while 0.3.0-beta.1 would come after it. */
export function packageVersion(version: string): string {
  return version.replace('-', '~');
}

/** The options that both installers take. */
export function installerOptions({ application, output, root }: LinuxBuild, { name, homepage, version }: Package) {
  return {
    ...{ src: application, dest: output, name, bin: name, homepage, version: packageVersion(version) },
    productName: 'Ringback',
    productDescription: linuxDescription,
    icon: linuxIcons(root),
    desktopTemplate: join(root, 'build/linux/ringback.desktop.ejs'),
    logger: () => {},
  };
}

/** Builds the package and returns its path; throws if the tool wrote none. All files in it are readable by everybody. */
export async function runInstaller(create: () => Installer, tool: string): Promise<string> {
  const umask = process.umask(0o022);
  try {
    const installer = create();
    await installer.generateDefaults();
    installer.generateOptions();
    await installer.generateScripts?.();
    await installer.createStagingDir();
    await installer.createContents();
    await installer.createPackage();
    await installer.movePackage();
    const [file] = installer.options.packagePaths;
    if (file === undefined) throw new Error(`${tool} left no package.`);
    return file;
  } finally {
    process.umask(umask);
  }
}

/** The man page and the AppStream metadata, by their paths below the root of the system. */
export function linuxDocuments(root: string, { name, version, homepage }: Package, date: Date): [string, Buffer][] {
  const filled = (file: string): Buffer =>
    Buffer.from(
      readFileSync(join(root, 'build/linux', file), 'utf8')
        .replaceAll('@VERSION@', version)
        .replaceAll('@HOMEPAGE@', homepage)
        .replaceAll('@DATE@', date.toISOString().slice(0, 10)),
    );
  return [
    [`usr/share/man/man1/${name}.1.gz`, gzipSync(filled(`${name}.1`), { level: 9 })],
    [`usr/share/metainfo/app.${name}.desktop.metainfo.xml`, filled(`${name}.metainfo.xml`)],
  ];
}

/** Writes a file that everybody may read. */
export function putFile(file: string, content: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  writeFileSync(file, content);
  chmodSync(file, 0o644);
}
