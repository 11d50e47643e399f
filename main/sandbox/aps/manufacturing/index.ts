export { createManufacturing, type Manufacturing } from './manufacturing.ts';
