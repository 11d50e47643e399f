export { createStorage, isObjectPath } from './storage.ts';
