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

const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const;

/** Lines of at most 80 characters, as lintian wants them. */
export const linuxDescription = `Registers webhooks for long jobs in the cloud, receives their callbacks on
this computer through a tunnel, verifies and stores each one and shows a
notification when a job is finished. Makes and checks backups on a schedule.`;

export function readPackage(root: string): Package {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package;
}

/** By size, as the installers take them. */
export function linuxIcons(root: string): Readonly<Record<string, string>> {
  const sizes = iconSizes.map((size) => [`${size}x${size}`, join(root, `build/icons/${size}x${size}.png`)]);
  return { ...Object.fromEntries(sizes), scalable: join(root, 'build/icon.svg') };
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
