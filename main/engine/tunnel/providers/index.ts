export { openProvider } from './open-provider.ts';
export { CooldownError, configuredUrl, type ProviderConnection, type ProviderSettings } from './provider.ts';
export { readStart } from './response-text.ts';
