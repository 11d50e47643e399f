export { beginsWithChecksums, type Container, containerInName, containerOf, containers } from './container.ts';
export { type CheckedFile, checkIntegrity, digestOf } from './integrity-check.ts';
export { headBytes, nonFileReason } from './non-file-response.ts';
