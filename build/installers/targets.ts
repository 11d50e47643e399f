/** What `npm run dist` builds on each system, and with what: electron-builder, or a function of `build/dist.ts`. */

type Arch = 'x64' | 'arm64';

interface Targets {
  /** The processors to build for; electron-builder uses the machine's own if none is named. */
  readonly builder: Readonly<Record<string, readonly Arch[] | 'own'>>;
  /** Built by `build/dist.ts` for this machine's processor only, because electron-builder would download tools. */
  readonly own: readonly string[];
}

export const targets = {
  linux: { builder: { AppImage: 'own' }, own: ['deb', 'rpm', 'tar.gz'] },
  darwin: { builder: { dmg: ['x64', 'arm64'], zip: ['x64', 'arm64'] }, own: [] },
  win32: { builder: { nsis: ['x64', 'arm64'], msi: ['x64'], portable: ['x64'] }, own: [] },
} as const satisfies Readonly<Partial<Record<NodeJS.Platform, Targets>>>;

const flags = { linux: '--linux', darwin: '--mac', win32: '--win' } as const;

/** The parameters with which electron-builder builds each target of this system. */
export function builderParameters(platform: NodeJS.Platform): { readonly target: string; readonly args: string[] }[] {
  if (!isBuilt(platform)) return [];
  return Object.entries<readonly Arch[] | 'own'>(targets[platform].builder).map(([target, archs]) => ({
    target,
    args: [flags[platform], ...(archs === 'own' ? [target] : archs.map((arch) => `${target}:${arch}`))],
  }));
}

function isBuilt(platform: NodeJS.Platform): platform is keyof typeof targets {
  return platform in targets;
}
