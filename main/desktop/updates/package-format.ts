import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How this copy of Ringback was installed, as far as updating goes. */
export type PackageFormat = 'AppImage' | 'NSIS' | 'macOS' | 'other';

interface FormatParts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The running program. */
  readonly program: string;
  /** What codesign says of the program. */
  signature?(program: string): string;
}

/**
 * The formats that replace themselves; deb, rpm, tar.gz, MSI and the portable program are replaced by others. So is a macOS
 * application without a publisher's signature: the system's updater accepts only the same signer, and an ad-hoc one has none.
 */
export function packageFormat({
  platform,
  environment,
  program,
  signature = readSignature,
}: FormatParts): PackageFormat {
  if (platform === 'linux') return environment.APPIMAGE ? 'AppImage' : 'other';
  if (platform === 'darwin') return /^Authority=/m.test(signature(program)) ? 'macOS' : 'other';
  // The MSI and the portable program come without the uninstaller of NSIS.
  return existsSync(join(dirname(program), 'Uninstall Ringback.exe')) ? 'NSIS' : 'other';
}

function readSignature(program: string): string {
  // codesign writes what it found to standard error.
  return spawnSync('/usr/bin/codesign', ['--display', '--verbose=2', program], { encoding: 'utf8' }).stderr ?? '';
}
