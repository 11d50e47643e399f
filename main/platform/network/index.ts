export { trustSystemCertificates } from './certificates.ts';
export type { FileFetch } from './file-fetch.ts';
export { createNetwork, type Network } from './network.ts';
export type { ProxyChoice } from './routes.ts';
