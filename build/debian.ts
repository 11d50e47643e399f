import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Installer } from 'electron-installer-debian';

/** `build/dist.ts` builds the deb with this, since electron-builder downloads its own tool for it. Needs dpkg-deb and fakeroot. */

interface DebianOptions {
  /** The unpacked application. */
  readonly application: string;
  readonly arch: 'amd64' | 'arm64';
  /** The folder that gets the package. */
  readonly output: string;
  /** The root of the project. */
  readonly root: string;
  /** When it was released; fixed by the caller so that a build can be repeated. */
  readonly date: Date;
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly homepage: string;
  readonly author: { readonly name: string; readonly email: string };
}

const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const;

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
    const { name, version } = this.metadata;
    const linux = join(this.root, 'build/linux');
    const filled = (file: string): string =>
      readFileSync(join(linux, file), 'utf8')
        .replaceAll('@VERSION@', version)
        .replaceAll('@HOMEPAGE@', this.metadata.homepage)
        .replaceAll('@DATE@', this.date.toISOString().slice(0, 10));
    this.put(`usr/share/man/man1/${name}.1.gz`, gzipSync(filled(`${name}.1`), { level: 9 }));
    this.put(`usr/share/metainfo/app.${name}.desktop.metainfo.xml`, filled(`${name}.metainfo.xml`));
    this.put(`usr/share/doc/${name}/changelog.gz`, gzipSync(this.changelog(), { level: 9 }));
    this.put(`etc/apparmor.d/${name}`, readFileSync(join(linux, 'apparmor-profile')));
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
    return `${name} (${version}) stable; urgency=medium\n\n  * See https://${new URL(this.metadata.homepage).host} for what is new.\n\n -- ${author.name} <${author.email}>  ${date}\n`;
  }

  put(path: string, content: string | Buffer): void {
    const file = join(this.stagingDir, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(file, content);
    chmodSync(file, 0o644);
  }
}

/** Builds the deb and gives its path. */
export async function buildDebian({ application, arch, output, root, date }: DebianOptions): Promise<string> {
  const metadata = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package;
  const { name, homepage, author } = metadata;
  const umask = process.umask(0o022);
  try {
    const installer = new RingbackDebian(root, metadata, date, {
      ...{ src: application, dest: output, arch, name, bin: name, homepage },
      maintainer: `${author.name} <${author.email}>`,
      version: metadata.version,
      productName: 'Ringback',
      description: 'notifications when work in the cloud is done',
      productDescription: description,
      section: 'utils',
      depends: ['libc6'],
      icon: {
        ...Object.fromEntries(
          iconSizes.map((size) => [`${size}x${size}`, join(root, `build/icons/${size}x${size}.png`)]),
        ),
        scalable: join(root, 'build/icon.svg'),
      },
      desktopTemplate: join(root, 'build/linux/ringback.desktop.ejs'),
      scripts: { postinst: join(root, 'build/linux/postinst'), postrm: join(root, 'build/linux/postrm') },
      lintianOverrides,
      compression: 'xz',
      rename: (folder: string) => join(folder, '<%= name %>_<%= version %>_<%= arch %>.deb'),
      logger: () => {},
    });
    await installer.generateDefaults();
    installer.generateOptions();
    await installer.createStagingDir();
    await installer.createContents();
    await installer.createPackage();
    await installer.movePackage();
    const [file] = installer.options.packagePaths;
    if (file === undefined) throw new Error('dpkg-deb left no package.');
    return file;
  } finally {
    process.umask(umask);
  }
}

/** Lintian's tags that hold for every Electron application: Chromium's sandbox needs its setuid helper. */
const lintianOverrides = ['elevated-privileges 4755 root/root [usr/lib/ringback/chrome-sandbox]'];

/** Lines of at most 80 characters, as lintian wants them. */
const description = `Registers webhooks for long jobs in the cloud, receives their callbacks on
this computer through a tunnel, verifies and stores each one and shows a
notification when a job is finished. Makes and checks backups on a schedule.`;
