/** Decoders of formats that Node cannot decompress. */
export { decompress } from './decompress.ts';
export type { Format } from './decompression-thread.ts';
export { DecompressionFault } from './fault.ts';
