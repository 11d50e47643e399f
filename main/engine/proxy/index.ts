export { openProxySettings, type ProxySettings } from './proxy-settings.ts';
