import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Installer } from 'electron-installer-debian';
import {
  installerOptions,
  type LinuxBuild,
  linuxDocuments,
  type Package,
  packageVersion,
  putFile,
  readPackage,
  runInstaller,
} from './linux-files.ts';

/** Builds the deb for `build/dist.ts`: electron-builder would download its own tool. Needs dpkg-deb and fakeroot. */

interface DebianOptions extends LinuxBuild {
  readonly arch: 'amd64' | 'arm64';
}

/** The application with what Debian's policy and the desktop expect beside it. */
class RingbackDebian extends Installer {
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

  /** The man page, changelog, AppStream metadata, AppArmor profile and copyright file. */
  async addDocuments(): Promise<void> {
    const { name } = this.metadata;
    for (const [path, content] of linuxDocuments(this.root, this.metadata, this.date)) this.put(path, content);
    this.put(`usr/share/doc/${name}/changelog.gz`, gzipSync(this.changelog(), { level: 9 }));
    this.put(`etc/apparmor.d/${name}`, readFileSync(join(this.root, 'build/linux/apparmor-profile')));
    this.put('DEBIAN/conffiles', `/etc/apparmor.d/${name}\n`);
  }

  override async createCopyright(): Promise<void> {
    const { name, author } = this.metadata;
    const license = readFileSync(join(this.root, 'LICENSE'), 'utf8');
    const text = license
      .split('\n')
      .map((line) => (line.trim() === '' ? ' .' : ` ${line}`))
      .join('\n');
    const head = 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/';
    this.put(
      `usr/share/doc/${name}/copyright`,
      `${head}\nUpstream-Name: Ringback\n\nFiles: *\nCopyright: ${author.name}\nLicense: Expat\n${text.replace(/( \.\n?)+$/, '')}\n`,
    );
  }

  changelog(): string {
    const { name, version, author } = this.metadata;
    const date = this.date.toUTCString().replace('GMT', '+0000');
    return `${name} (${packageVersion(version)}) stable; urgency=medium\n\n  * See https://${new URL(this.metadata.homepage).host} for what is new.\n\n -- ${author.name} <${author.email}>  ${date}\n`;
  }

  put(path: string, content: string | Buffer): void {
    putFile(join(this.stagingDir, path), content);
  }
}

/** Builds the deb and returns its path. */
export async function buildDebian({ arch, ...build }: DebianOptions): Promise<string> {
  const { root, date } = build;
  const metadata = readPackage(root);
  const { author } = metadata;
  const create = () =>
    new RingbackDebian(root, metadata, date, {
      ...installerOptions(build, metadata),
      arch,
      maintainer: `${author.name} <${author.email}>`,
      description: 'notifications when work in the cloud is done',
      section: 'utils',
      depends: ['libc6'],
      scripts: { postinst: join(root, 'build/linux/postinst'), postrm: join(root, 'build/linux/postrm') },
      lintianOverrides,
      compression: 'xz',
      rename: (folder: string) => join(folder, `${metadata.name}_${metadata.version}_${arch}.deb`),
    });
  return runInstaller(create, 'dpkg-deb');
}

/** Lintian's tags that apply to every Electron application: Chromium's sandbox needs its setuid helper. */
const lintianOverrides = ['elevated-privileges 4755 root/root [usr/lib/ringback/chrome-sandbox]'];
