import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How this copy of Ringback was installed, as far as updating goes. */
export type PackageFormat = 'AppImage' | 'NSIS' | 'macOS' | 'other';

interface FormatParts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The running program. */
  readonly program: string;
}

/** The formats that replace themselves; deb, rpm, tar.gz, MSI and the portable program are replaced by others. */
export function packageFormat({ platform, environment, program }: FormatParts): PackageFormat {
  if (platform === 'linux') return environment.APPIMAGE ? 'AppImage' : 'other';
  if (platform === 'darwin') return 'macOS';
  // The MSI and the portable program come without the uninstaller of NSIS.
  return existsSync(join(dirname(program), 'Uninstall Ringback.exe')) ? 'NSIS' : 'other';
}
