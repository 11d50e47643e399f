import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Installer } from 'electron-installer-redhat';
import {
  installerOptions,
  type LinuxBuild,
  linuxDocuments,
  type Package,
  putFile,
  readPackage,
  runInstaller,
} from './linux-files.ts';

/** `build/dist.ts` builds the rpm with this, since electron-builder downloads its own tool for it. Needs rpmbuild. */

interface RedhatOptions extends LinuxBuild {
  readonly arch: 'x86_64' | 'aarch64';
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

/** Builds the rpm and returns its path. */
export async function buildRedhat({ arch, ...build }: RedhatOptions): Promise<string> {
  const { root, date } = build;
  const metadata = readPackage(root);
  const create = () =>
    new RingbackRedhat(root, metadata, date, {
      ...installerOptions(build, metadata),
      ...{ arch, license: 'MIT', revision: '1' },
      description: 'Notifications when work in the cloud is done',
      specTemplate: join(root, 'build/linux/ringback.spec.ejs'),
      scripts: { postun: join(root, 'build/linux/postrm') },
      rename: (folder: string) => join(folder, `${metadata.name}-${metadata.version}-1.${arch}.rpm`),
    });
  return runInstaller(create, 'rpmbuild');
}
