export { transferMethods } from './methods.ts';
