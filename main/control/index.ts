export { type ApiEngine, createApiRoutes, isApiPath, pathOf } from './api.ts';
export { type ControlClient, createControlClient, HostGoneError } from './client.ts';
export { type ControlDescription, readDescription } from './description.ts';
export { type ControlEndpoint, type ControlOptions, openControlEndpoint } from './endpoint.ts';
export { type AccessToken, openAccessToken } from './token.ts';
