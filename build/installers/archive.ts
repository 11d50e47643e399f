import { execFileSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { type LinuxBuild, readPackage } from './linux-files.ts';

/** `build/dist.ts` builds the tar.gz with this, since electron-builder downloads 7-Zip for it. */

interface ArchiveOptions extends LinuxBuild {
  readonly arch: string;
}

/** Packs the unpacked application, readable by everybody, and returns the archive's path. */
export function buildArchive({ application, output, root, date, arch }: ArchiveOptions): string {
  const { name, version } = readPackage(root);
  const folder = `${name}-${version}-linux-${arch}`;
  const file = join(output, `${folder}.tar.gz`);
  const source = basename(application);
  execFileSync('tar', [
    ...['-czf', file, '-C', dirname(application), `--transform=flags=r;s,^${source},${folder},`],
    ...['--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,go=rX,a-s', '--sort=name'],
    ...[`--mtime=@${Math.floor(date.getTime() / 1000)}`, source],
  ]);
  return file;
}
