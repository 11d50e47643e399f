import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Installer } from 'electron-installer-redhat';
import { linuxDescription, linuxDocuments, linuxIcons, type Package, putFile, readPackage } from './linux-files.ts';

/** `build/dist.ts` builds the rpm with this, since electron-builder downloads its own tool for it. Needs rpmbuild. */

interface RedhatOptions {
  /** The unpacked application. */
  readonly application: string;
  readonly arch: 'x86_64' | 'aarch64';
  /** The folder that gets the package. */
  readonly output: string;
  /** The root of the project. */
  readonly root: string;
  /** When it was released. */
  readonly date: Date;
}

/** The application with its man page, AppStream metadata and license beside it. */
class RingbackRedhat extends Installer {
  readonly root: string;
  readonly metadata: Package;
  readonly date: Date;

  constructor(root: string, metadata: Package, date: Date, supplied: object) {
    super(supplied);
    this.root = root;
    this.metadata = metadata;
    this.date = date;
  }

  override get contentFunctions(): string[] {
    return [...super.contentFunctions, 'addDocuments'];
  }

  async addDocuments(): Promise<void> {
    for (const [path, content] of linuxDocuments(this.root, this.metadata, this.date))
      putFile(join(this.stagingDir, 'BUILD', path), content);
  }

  override async createCopyright(): Promise<void> {
    const file = join(this.stagingDir, 'BUILD/usr/share/doc', this.metadata.name, 'LICENSE');
    putFile(file, readFileSync(join(this.root, 'LICENSE')));
  }
}

/** Builds the rpm and gives its path. */
export async function buildRedhat({ application, arch, output, root, date }: RedhatOptions): Promise<string> {
  const metadata = readPackage(root);
  const { name, homepage, version } = metadata;
  const umask = process.umask(0o022);
  try {
    const installer = new RingbackRedhat(root, metadata, date, {
      ...{ src: application, dest: output, arch, name, bin: name, homepage, version },
      ...{ license: 'MIT', productName: 'Ringback', revision: '1' },
      description: 'Notifications when work in the cloud is done',
      productDescription: linuxDescription,
      icon: linuxIcons(root),
      desktopTemplate: join(root, 'build/linux/ringback.desktop.ejs'),
      specTemplate: join(root, 'build/linux/ringback.spec.ejs'),
      scripts: { postun: join(root, 'build/linux/postrm') },
      rename: (folder: string) => join(folder, '<%= name %>-<%= version %>-<%= revision %>.<%= arch %>.rpm'),
      logger: () => {},
    });
    await installer.generateDefaults();
    installer.generateOptions();
    await installer.generateScripts();
    await installer.createStagingDir();
    await installer.createContents();
    await installer.createPackage();
    await installer.movePackage();
    const [file] = installer.options.packagePaths;
    if (file === undefined) throw new Error('rpmbuild left no package.');
    return file;
  } finally {
    process.umask(umask);
  }
}
