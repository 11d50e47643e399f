export { containerInName, containerOf } from './container.ts';
export { checkIntegrity as prove, digestOf } from './integrity-check.ts';
export { headBytes, nonFileReason as impostorReason } from './non-file-response.ts';
