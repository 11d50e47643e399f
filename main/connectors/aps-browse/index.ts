export { browse } from './browse.ts';
export { type NewVersion, newVersions } from './new-versions.ts';
