export { containerInName, containerOf } from './container.ts';
export { digestOf, prove } from './integrity-check.ts';
export { headBytes, impostorReason } from './non-file-response.ts';
