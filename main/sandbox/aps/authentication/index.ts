export { type Credentials, isKnownScope, type Owner, person, Tokens } from './authentication.ts';
export { createAuthorizePage } from './authorize-page.ts';
export { Grants } from './grants.ts';
export { createDiscovery, Identity } from './identity.ts';
export { createAuthentication, createCostBarrier } from './token-endpoints.ts';
