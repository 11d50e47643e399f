export { type PackageFormat, packageFormat } from './package-format.ts';
export { readPolicy } from './policy.ts';
export { readReleasePage } from './release-page.ts';
export { createDesktopUpdates, type DesktopUpdates } from './source.ts';
