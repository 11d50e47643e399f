import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How this copy of Ringback was installed, as far as it matters for updates. */
export type PackageFormat = 'AppImage' | 'NSIS' | 'macOS' | 'other';

interface FormatParts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The path of the running program. */
  readonly program: string;
  /** The output of codesign for the program. */
  signature?(program: string): string;
}

/**
 * The format of this copy; "other" for those that cannot replace themselves: deb, rpm, tar.gz, MSI and the portable
 * program. A macOS application needs a publisher's signature, since the system's updater accepts only the same signer
 * and an ad-hoc signature has none.
 */
export function packageFormat({
  platform,
  environment,
  program,
  signature = readSignature,
}: FormatParts): PackageFormat {
  if (platform === 'linux') return environment.APPIMAGE ? 'AppImage' : 'other';
  if (platform === 'darwin') return /^Authority=/m.test(signature(program)) ? 'macOS' : 'other';
  // The MSI and the portable program do not contain the uninstaller of NSIS.
  return existsSync(join(dirname(program), 'Uninstall Ringback.exe')) ? 'NSIS' : 'other';
}

function readSignature(program: string): string {
  // codesign writes to standard error.
  return spawnSync('/usr/bin/codesign', ['--display', '--verbose=2', program], { encoding: 'utf8' }).stderr ?? '';
}
